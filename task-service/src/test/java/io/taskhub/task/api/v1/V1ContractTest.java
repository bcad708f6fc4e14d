package io.taskhub.task.api.v1;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.anEmptyMap;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.LeaseHolder;
import jakarta.inject.Inject;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class V1ContractTest {
    private static final String NOOP = "{\"type\":\"noop\",\"payload\":{}}";
    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

    @Inject
    Calls calls;

    @Inject
    LeaseHolder worker;

    @Test
    void a_created_task_is_pending_and_shown_with_every_field() {
        String id = calls.operator()
                .body(NOOP)
                .post("/api/v1/tasks")
                .then()
                .statusCode(201)
                .body("queue", equalTo("default"))
                .body("status", equalTo("pending"))
                .extract()
                .path("task_id");
        calls.viewer()
                .get("/api/v1/tasks/{id}", id)
                .then()
                .statusCode(200)
                .body("id", equalTo(id))
                .body("queue", equalTo("default"))
                .body("type", equalTo("noop"))
                .body("state", equalTo("pending"))
                .body("max_retry", equalTo(3))
                .body("retried", equalTo(0))
                .body("last_err", equalTo(""))
                .body("timeout", equalTo("30m0s"))
                .body("next_process_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"))
                .body("created_at", matchesPattern(".*\\.\\d{6}Z"));
    }

    @Test
    void a_future_task_is_scheduled_and_a_past_one_pending() {
        create("{\"type\":\"noop\",\"payload\":{},\"process_at\":\"2999-01-01T00:00:00Z\"}")
                .statusCode(201)
                .body("status", equalTo("scheduled"));
        create("{\"type\":\"noop\",\"payload\":{},\"process_at\":\"2001-01-01T00:00:00Z\"}")
                .statusCode(201)
                .body("status", equalTo("pending"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ | INVALID_REQUEST",
                "[] | INVALID_REQUEST",
                "{\"payload\":{}} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"queue\":\"a b\"} | INVALID_REQUEST",
                "{\"type\":\"noop\",\"payload\":{},\"max_retries\":-1} | INVALID_REQUEST",
                "{\"type\":\"unheard.of\",\"payload\":{}} | INVALID_TASK_TYPE",
                "{\"type\":\"noop\",\"payload\":[]} | INVALID_PAYLOAD",
                "{\"type\":\"noop\",\"payload\":{},\"timeout\":\"soon\"} | INVALID_TIMEOUT",
                "{\"type\":\"noop\",\"payload\":{},\"process_at\":\"soon\"} | INVALID_PROCESS_AT",
                "{\"type\":\"noop\",\"payload\":{},\"unique\":\"soon\"} | INVALID_UNIQUE"
            })
    void every_mistake_in_a_create_has_its_code(String body, String code) {
        assertError(create(body), 400, code);
    }

    @Test
    void the_limits_of_a_request_are_kept() {
        assertError(
                create("{\"type\":\"noop\",\"payload\":{\"a\":\"" + "x".repeat(1 << 20) + "\"}}"),
                413,
                "REQUEST_TOO_LARGE");
        assertError(
                calls.operator()
                        .contentType("text/plain")
                        .body(NOOP)
                        .post("/api/v1/tasks")
                        .then(),
                415,
                "UNSUPPORTED_MEDIA_TYPE");
        assertError(calls.operator().post("/api/v1/tasks").then(), 400, "INVALID_REQUEST");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/tasks",
        "GET,/api/v1/tasks",
        "GET,/api/v1/tasks/1",
        "DELETE,/api/v1/tasks/1",
        "POST,/api/v1/tasks/1/cancel",
        "POST,/api/v1/tasks:batch",
        "GET,/api/v1/tasks/1/progress",
        "GET,/api/v1/tasks/1/progress/history",
        "GET,/api/v1/tasks/1/progress/info",
        "GET,/api/v1/queues/stats",
        "POST,/api/v1/queues/default:pause"
    })
    void without_a_token_everything_is_401_in_the_dialect(String method, String path) {
        assertError(given().urlEncodingEnabled(false).request(method, path).then(), 401, "UNAUTHORIZED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "a.b.c", "eyJhbGciOiJub25lIn0.e30."})
    void a_bad_token_is_401_in_the_dialect(String token) {
        assertError(given().auth().oauth2(token).get("/api/v1/tasks").then(), 401, "UNAUTHORIZED");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/v1/tasks",
        "DELETE,/api/v1/tasks/1",
        "POST,/api/v1/tasks/1/cancel",
        "POST,/api/v1/tasks:batch",
        "POST,/api/v1/queues/default:pause"
    })
    void a_viewer_changes_nothing(String method, String path) {
        assertError(calls.viewer().body(NOOP).request(method, path).then(), 403, "FORBIDDEN");
    }

    @Test
    void unknown_paths_and_methods_speak_the_dialect() {
        assertError(calls.viewer().get("/api/v1/nothing").then(), 404, "NOT_FOUND");
        assertError(calls.operator().put("/api/v1/tasks").then(), 405, "METHOD_NOT_ALLOWED");
    }

    @ParameterizedTest
    @ValueSource(strings = {NOWHERE, "abc", "999999999", "tsk_x", "0"})
    void an_unknown_task_is_not_found(String id) {
        assertError(calls.viewer().get("/api/v1/tasks/{id}", id).then(), 404, "TASK_NOT_FOUND");
        assertError(calls.viewer().get("/api/v1/tasks/{id}/progress", id).then(), 404, "PROGRESS_NOT_FOUND");
        assertError(
                calls.viewer().get("/api/v1/tasks/{id}/progress/history", id).then(), 404, "TASK_NOT_FOUND");
        assertError(calls.viewer().get("/api/v1/tasks/{id}/progress/info", id).then(), 404, "TASK_NOT_FOUND");
        calls.operator()
                .post("/api/v1/tasks/{id}/cancel", id)
                .then()
                .statusCode(500)
                .body("code", equalTo("CANCEL_FAILED"))
                .body("details.reason", equalTo("not_found"));
        calls.operator()
                .delete("/api/v1/tasks/{id}", id)
                .then()
                .statusCode(500)
                .body("code", equalTo("DELETE_FAILED"))
                .body("details.reason", equalTo("not_found"));
    }

    @Test
    void a_task_is_not_found_in_another_queue() {
        String id = createIn("q-" + UUID.randomUUID());
        calls.viewer().get("/api/v1/tasks/{id}", id).then().statusCode(200);
        assertError(calls.viewer().get("/api/v1/tasks/{id}?queue=default", id).then(), 404, "TASK_NOT_FOUND");
        assertError(
                calls.operator().delete("/api/v1/tasks/{id}?queue=default", id).then(), 404, "TASK_NOT_FOUND");
    }

    @Test
    void a_waiting_task_is_cancelled_once_and_shows_as_archived() {
        String id = createIn("default");
        calls.operator()
                .post("/api/v1/tasks/{id}/cancel", id)
                .then()
                .statusCode(200)
                .body("message", equalTo("task cancelled"));
        calls.viewer()
                .get("/api/v1/tasks/{id}", id)
                .then()
                .body("state", equalTo("archived"))
                .body("last_err", equalTo("task cancelled"));
        calls.operator()
                .post("/api/v1/tasks/{id}/cancel", id)
                .then()
                .statusCode(500)
                .body("code", equalTo("CANCEL_FAILED"))
                .body("details.reason", equalTo("finished"));
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress", id)
                .then()
                .body("is_final", equalTo(true))
                .body("status", equalTo("cancelled"));
    }

    @Test
    void a_deleted_task_is_gone_but_a_running_one_stays() {
        String id = createIn("default");
        Lease lease = worker.claim(TaskId.of(id));
        calls.operator()
                .delete("/api/v1/tasks/{id}", id)
                .then()
                .statusCode(500)
                .body("code", equalTo("DELETE_FAILED"))
                .body("details.reason", equalTo("active"));
        worker.succeed(lease, "");
        calls.operator()
                .delete("/api/v1/tasks/{id}", id)
                .then()
                .statusCode(200)
                .body("message", equalTo("task deleted"));
        assertError(calls.viewer().get("/api/v1/tasks/{id}", id).then(), 404, "TASK_NOT_FOUND");
    }

    @Test
    void progress_is_kept_and_ends_with_one_final_entry() {
        String id = createIn("default");
        assertError(calls.viewer().get("/api/v1/tasks/{id}/progress", id).then(), 404, "PROGRESS_NOT_FOUND");
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress/info", id)
                .then()
                .statusCode(200)
                .body("has_progress", equalTo(false))
                .body("length", equalTo(0))
                .body("first_entry", equalTo(""))
                .body("last_entry", equalTo(""));
        Lease lease = worker.claim(TaskId.of(id));
        worker.progress(lease, 1, 10, "init", "Starting...");
        worker.progress(lease, 2, 50, "processing", "Processing data...");
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress", id)
                .then()
                .statusCode(200)
                .body("progress.task_id", equalTo(id))
                .body("progress.percentage", equalTo(50))
                .body("progress.stage", equalTo("processing"))
                .body("progress.message", equalTo("Processing data..."))
                .body("progress.timestamp_ms", notNullValue())
                .body("is_final", equalTo(false))
                .body("stream_id", matchesPattern("\\d+-\\d+"));
        worker.succeed(lease, "");
        List<String> ids = calls.viewer()
                .get("/api/v1/tasks/{id}/progress/history", id)
                .then()
                .statusCode(200)
                .body("task_id", equalTo(id))
                .body("count", equalTo(3))
                .body("history.is_final", equalTo(List.of(false, false, true)))
                .body("history.progress.percentage", equalTo(List.of(10, 50, 100)))
                .body("history[2].progress.stage", equalTo("completed"))
                .body("history[2].progress.message", equalTo("Done"))
                .body("history[2].status", equalTo("completed"))
                .body("history[0].status", nullValue())
                .extract()
                .path("history.stream_id");
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress/history?start_id={s}", id, ids.get(1))
                .then()
                .body("history.stream_id", equalTo(ids.subList(1, 3)));
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress/history?start_id=0", id)
                .then()
                .body("count", equalTo(3));
        assertError(
                calls.viewer()
                        .get("/api/v1/tasks/{id}/progress/history?start_id=x", id)
                        .then(),
                400,
                "INVALID_REQUEST");
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress/info", id)
                .then()
                .body("has_progress", equalTo(true))
                .body("length", equalTo(3))
                .body("first_entry", equalTo(ids.getFirst()))
                .body("last_entry", equalTo(ids.getLast()));
    }

    @Test
    void a_failed_attempt_waits_for_the_next_and_says_why() {
        String id = createIn("default");
        worker.end(worker.claim(TaskId.of(id)), Report.Outcome.FAILED, 1, "", "", "boom");
        calls.viewer()
                .get("/api/v1/tasks/{id}", id)
                .then()
                .body("state", equalTo("retry"))
                .body("retried", equalTo(1))
                .body("last_err", equalTo("boom"));
    }

    @Test
    void a_task_without_retries_is_archived_with_its_error() {
        String id = create("{\"type\":\"noop\",\"payload\":{},\"max_retries\":0}")
                .extract()
                .path("task_id");
        worker.end(worker.claim(TaskId.of(id)), Report.Outcome.FAILED, 1, "", "", "boom");
        calls.viewer()
                .get("/api/v1/tasks/{id}", id)
                .then()
                .body("state", equalTo("archived"))
                .body("last_err", equalTo("boom"));
        calls.viewer()
                .get("/api/v1/tasks/{id}/progress", id)
                .then()
                .body("status", equalTo("failed"))
                .body("progress.message", equalTo("boom"));
    }

    @Test
    void a_unique_task_names_its_holder_and_is_freed_by_the_end() {
        String salt = UUID.randomUUID().toString();
        String body =
                "{\"type\":\"noop\",\"unique\":\"1h\",\"payload\":{\"s\":\"" + salt + "\",\"b\":{\"x\":1,\"y\":2}}}";
        String same =
                "{\"unique\":\"1h\",\"payload\":{\"b\":{\"y\":2,\"x\":1.0},\"s\":\"" + salt + "\"},\"type\":\"noop\"}";
        String holder = create(body).statusCode(201).extract().path("task_id");
        create(same)
                .statusCode(409)
                .body("code", equalTo("TASK_ALREADY_EXISTS"))
                .body("details.task_id", equalTo(holder));
        calls.operator().post("/api/v1/tasks/{id}/cancel", holder).then().statusCode(200);
        create(same).statusCode(201);
    }

    @Test
    void an_idempotency_key_gives_the_first_answer_again() {
        String key = "v1-" + System.nanoTime();
        String first = calls.operator()
                .header("Idempotency-Key", key)
                .body(NOOP)
                .post("/api/v1/tasks")
                .asString();
        calls.operator()
                .header("Idempotency-Key", key)
                .body(" { \"payload\" : {}, \"type\" : \"noop\" } ")
                .post("/api/v1/tasks")
                .then()
                .statusCode(201)
                .body(equalTo(first));
        assertError(
                calls.operator()
                        .header("Idempotency-Key", key)
                        .body("{\"type\":\"noop\",\"payload\":{\"a\":1}}")
                        .post("/api/v1/tasks")
                        .then(),
                422,
                "IDEMPOTENCY_KEY_REUSED");
        String other = calls.as("bob", "operator")
                .header("Idempotency-Key", key)
                .body(NOOP)
                .post("/api/v1/tasks")
                .asString();
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void a_batch_answers_item_by_item() {
        calls.operator()
                .body("{\"tasks\":[%s,{\"type\":\"x\",\"payload\":{}},%s]}".formatted(NOOP, NOOP))
                .post("/api/v1/tasks:batch")
                .then()
                .statusCode(201)
                .body("results", hasSize(3))
                .body("results[0].status", equalTo("pending"))
                .body("results[0].task_id", notNullValue())
                .body("results[1].code", equalTo("INVALID_TASK_TYPE"))
                .body("results[1].details", anEmptyMap())
                .body("results[2].queue", equalTo("default"));
    }

    @Test
    void a_batch_has_one_to_a_thousand_tasks() {
        assertError(batch("{\"tasks\":[]}"), 400, "INVALID_REQUEST");
        assertError(batch("{}"), 400, "INVALID_REQUEST");
        assertError(batch(tasks(1_001)), 400, "INVALID_REQUEST");
        batch(tasks(1_000)).statusCode(201).body("results", hasSize(1_000));
    }

    @Test
    void the_list_filters_and_pages() {
        String queue = "q-" + UUID.randomUUID();
        List<String> ids = List.of(createIn(queue), createIn(queue), createIn(queue));
        var page = calls.viewer()
                .get("/api/v1/tasks?queue={q}&limit=2&state=pending&type=noop", queue)
                .then()
                .statusCode(200)
                .body("tasks.id", equalTo(List.of(ids.get(2), ids.get(1))))
                .body("tasks.queue", everyItem(equalTo(queue)))
                .extract();
        calls.viewer()
                .get("/api/v1/tasks?queue={q}&limit=2&cursor={c}", queue, page.<String>path("next_cursor"))
                .then()
                .body("tasks.id", equalTo(List.of(ids.getFirst())))
                .body("next_cursor", nullValue());
        assertError(calls.viewer().get("/api/v1/tasks?state=x").then(), 400, "INVALID_REQUEST");
    }

    @Test
    void a_queue_never_seen_has_one_row_of_zeros() {
        calls.viewer()
                .get("/api/v1/queues/stats?queue=never-seen")
                .then()
                .statusCode(200)
                .body("$", hasSize(1))
                .body("[0].queue", equalTo("never-seen"))
                .body("[0].pending", equalTo(0))
                .body("[0].completed", equalTo(0));
    }

    @Test
    void a_queue_counts_its_tasks_by_state() {
        String queue = "q-" + UUID.randomUUID();
        createIn(queue);
        String cancelled = createIn(queue);
        calls.operator().post("/api/v1/tasks/{id}/cancel", cancelled).then().statusCode(200);
        create("{\"type\":\"noop\",\"payload\":{},\"queue\":\"%s\",\"process_at\":\"2999-01-01T00:00:00Z\"}"
                .formatted(queue));
        calls.viewer()
                .get("/api/v1/queues/stats?queue={q}", queue)
                .then()
                .body("[0].pending", equalTo(1))
                .body("[0].archived", equalTo(1))
                .body("[0].scheduled", equalTo(1));
        List<String> queues = calls.viewer().get("/api/v1/queues/stats").path("queue");
        assertThat(queues).contains(queue).doesNotHaveDuplicates();
    }

    @Test
    void a_queue_is_paused_and_resumed() {
        String queue = "q-" + UUID.randomUUID();
        calls.operator()
                .post("/api/v1/queues/{q}:pause", queue)
                .then()
                .statusCode(200)
                .body("queue", equalTo(queue))
                .body("paused", equalTo(true));
        calls.viewer().get("/api/v1/queues/stats?queue={q}", queue).then().body("[0].paused", equalTo(true));
        calls.operator().post("/api/v1/queues/{q}:resume", queue).then().body("paused", equalTo(false));
        assertError(calls.operator().post("/api/v1/queues/{q}:explode", queue).then(), 404, "NOT_FOUND");
        assertError(calls.operator().post("/api/v1/queues/a%20b:pause").then(), 400, "INVALID_REQUEST");
    }

    @Test
    void an_error_has_exactly_three_fields() {
        calls.operator()
                .body("{")
                .post("/api/v1/tasks")
                .then()
                .body("keySet()", containsInAnyOrder("error", "code", "details"));
    }

    private static void assertError(ValidatableResponse reply, int status, String code) {
        reply.statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(code))
                .body("error", notNullValue())
                .body("details", anEmptyMap());
    }

    private ValidatableResponse create(String body) {
        return calls.operator().body(body).post("/api/v1/tasks").then();
    }

    private ValidatableResponse batch(String body) {
        return calls.operator().body(body).post("/api/v1/tasks:batch").then();
    }

    private String createIn(String queue) {
        return create("{\"type\":\"noop\",\"payload\":{},\"queue\":\"%s\"}".formatted(queue))
                .statusCode(201)
                .extract()
                .path("task_id");
    }

    private static String tasks(int count) {
        return "{\"tasks\":[" + String.join(",", Collections.nCopies(count, NOOP)) + "]}";
    }
}
