package io.taskhub.task.api.taskhub;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.LeaseHolder;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskHubContractTest {
    private static final String RUNNABLE = "{\"name\":\"hi\",\"type\":7,\"params\":{\"cmd\":\"echo hi\"}}";

    @Inject
    Calls calls;

    @Inject
    LeaseHolder worker;

    @Test
    void a_created_task_waits_and_is_shown_with_every_field() {
        int id = create(RUNNABLE);
        assertThat(id).isPositive();
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("message", equalTo("ok"))
                .body("data.id", equalTo(id))
                .body("data.name", equalTo("hi"))
                .body("data.type", equalTo(7))
                .body("data.status", equalTo("pending"))
                .body("data.params.cmd", equalTo("echo hi"))
                .body("data.exit_code", equalTo(0))
                .body("data.last_output", equalTo(""))
                .body("data.last_error", equalTo(""))
                .body("data.max_retries", equalTo(0))
                .body("data.retry_count", equalTo(0))
                .body("data.timeout_sec", equalTo(0))
                .body("data.cancel_flag", equalTo(false))
                .body("data.create_time", notNullValue())
                .body("data.update_time", notNullValue());
    }

    @Test
    void ids_grow() {
        int first = create(RUNNABLE);
        assertThat(create(RUNNABLE)).isGreaterThan(first);
    }

    @Test
    void a_task_without_a_command_ends_failed_at_once() {
        int id = create("{\"name\":\"nothing to do\",\"type\":0}");
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .body("data.status", equalTo("failed"))
                .body("data.last_error", equalTo("missing cmd in params"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\":0} | application/json | 400 | 1001",
                "{\"name\":\"\"} | application/json | 400 | 1001",
                "{\"name\":7} | application/json | 400 | 1002",
                "{\"name\":\"a\",\"params\":[]} | application/json | 400 | 1002",
                "[] | application/json | 400 | 1002",
                "{\"name\" | application/json | 400 | 1002",
                "name=a | application/x-www-form-urlencoded | 415 | 415",
                "{\"name\":\"a\"} | text/plain | 415 | 415"
            })
    void a_wrong_create_is_answered_with_its_code(String body, String contentType, int status, int code) {
        calls.operator()
                .contentType(contentType)
                .body(body)
                .post("/api/tasks")
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(code))
                .body("message", notNullValue())
                .body("data", nullValue());
    }

    @Test
    void an_empty_body_is_no_json() {
        calls.operator().post("/api/tasks").then().statusCode(400).body("code", equalTo(1002));
    }

    @Test
    void a_body_above_a_mebibyte_is_refused() {
        String body = "{\"name\":\"" + "x".repeat(1 << 20) + "\"}";
        calls.operator().body(body).post("/api/tasks").then().statusCode(413).body("code", equalTo(413));
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/api/tasks",
        "GET,/api/tasks",
        "GET,/api/tasks/1",
        "POST,/api/tasks/1/cancel",
        "GET,/api/tasks/logs?task_id=1"
    })
    void without_a_token_everything_is_401_in_the_dialect(String method, String path) {
        given().contentType("application/json")
                .body(method.equals("POST") ? RUNNABLE : "")
                .request(method, path)
                .then()
                .statusCode(401)
                .header("WWW-Authenticate", startsWith("Bearer"))
                .body("code", equalTo(401))
                .body("data", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/tasks", "/api/tasks/1/cancel"})
    void a_viewer_changes_nothing(String path) {
        calls.viewer().body(RUNNABLE).post(path).then().statusCode(403).body("code", equalTo(403));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"999999999", "0", "-1", "abc", "00000000-0000-7000-8000-000000000000", "99999999999999999999"})
    void an_unknown_task_is_not_found(String id) {
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .statusCode(404)
                .body("code", equalTo(404))
                .body("message", equalTo("Task not found"));
        calls.operator()
                .post("/api/tasks/{id}/cancel", id)
                .then()
                .statusCode(404)
                .body("code", equalTo(1003));
    }

    @Test
    void unknown_paths_and_methods_speak_the_dialect() {
        calls.viewer().get("/api/tasks/1/nothing/here").then().statusCode(404).body("code", equalTo(404));
        calls.operator().delete("/api/tasks/1").then().statusCode(405).body("code", equalTo(405));
    }

    @Test
    void a_waiting_task_is_cancelled_once() {
        int id = create(RUNNABLE);
        calls.operator()
                .post("/api/tasks/{id}/cancel", id)
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("data", nullValue());
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .body("data.status", equalTo("canceled"))
                .body("data.cancel_flag", equalTo(true))
                .body("data.exit_code", equalTo(-1));
        calls.operator()
                .post("/api/tasks/{id}/cancel", id)
                .then()
                .statusCode(409)
                .body("code", equalTo(1004));
    }

    @Test
    void a_task_runs_and_leaves_its_output() {
        int id = create(RUNNABLE);
        Lease lease = worker.claim(idOf(id));
        assertThat(lease.type()).isEqualTo("shell");
        assertThat(lease.payload()).isEqualTo("{\"command\":\"echo hi\"}");
        calls.viewer().get("/api/tasks/{id}", id).then().body("data.status", equalTo("running"));
        worker.succeed(lease, "hi\n");
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .body("data.status", equalTo("success"))
                .body("data.exit_code", equalTo(0))
                .body("data.last_output", equalTo("hi\n"));
    }

    @Test
    void a_failure_keeps_the_process_own_exit_code() {
        int id = create(RUNNABLE);
        worker.end(worker.claim(idOf(id)), Report.Outcome.FAILED, 3, "some", "broken", "exit code 3");
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .body("data.status", equalTo("failed"))
                .body("data.exit_code", equalTo(3))
                .body("data.last_output", equalTo("some"))
                .body("data.last_error", equalTo("broken"));
    }

    @Test
    void a_timeout_is_terminal() {
        int id = create("{\"name\":\"slow\",\"params\":{\"cmd\":\"sleep 9\",\"timeout_sec\":5,\"max_retries\":3}}");
        Lease lease = worker.claim(idOf(id));
        assertThat(lease.timeout_ms()).isEqualTo(5_000);
        assertThat(lease.max_attempts()).isEqualTo(4);
        worker.end(lease, Report.Outcome.TIMED_OUT, -1, "", "", "Task timeout after 5 seconds");
        calls.viewer()
                .get("/api/tasks/{id}", id)
                .then()
                .body("data.status", equalTo("timeout"))
                .body("data.exit_code", equalTo(-1))
                .body("data.last_error", equalTo("Task timeout after 5 seconds"));
    }

    @Test
    void every_spelling_of_an_id_is_understood() {
        int id = create(RUNNABLE);
        TaskId task = idOf(id);
        for (String spelling : List.of(task.toString(), task.job())) {
            calls.viewer()
                    .get("/api/tasks/{id}", spelling)
                    .then()
                    .statusCode(200)
                    .body("data.id", equalTo(id));
        }
        calls.viewer()
                .get("/api/tasks/{id}", task.tsk())
                .then()
                .statusCode(200)
                .body("task_id", equalTo(task.tsk()))
                .body("status", equalTo("queued"))
                .body("prompt", equalTo("hi"))
                .body("code", nullValue());
        calls.operator().post("/api/tasks/{id}/cancel", task.tsk()).then().statusCode(200);
    }

    @Test
    void an_unknown_task_of_task_center_is_a_problem() {
        calls.viewer()
                .get("/api/tasks/tsk_00000000000000000000000000")
                .then()
                .statusCode(404)
                .contentType(containsString("application/problem+json"))
                .body("code", equalTo("not_found"))
                .body("status", equalTo(404));
    }

    @Test
    void the_list_ascends_and_carries_both_contracts_fields() {
        int first = create(RUNNABLE);
        int second = create(RUNNABLE);
        var list = calls.viewer()
                .get("/api/tasks")
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .extract();
        List<Integer> ids = list.path("data.id");
        assertThat(ids).isSorted().contains(first, second);
        assertThat(list.<String>path("data.find { it.id == %d }.task_id".formatted(first)))
                .isEqualTo(idOf(first).tsk());
        assertThat(list.<String>path("data.find { it.id == %d }.plan_summary".formatted(first)))
                .isEqualTo("hi");
        assertThat(list.<String>path("next_cursor")).isNull();
    }

    @Test
    void task_centers_form_pages_from_the_newest_back() {
        int first = create(RUNNABLE);
        int second = create(RUNNABLE);
        int third = create(RUNNABLE);
        var page = calls.viewer()
                .get("/api/tasks?limit=2")
                .then()
                .statusCode(200)
                .body("data.id", equalTo(List.of(third, second)))
                .body("data.status", everyItem(equalTo("queued")))
                .body("next_cursor", notNullValue())
                .extract();
        calls.viewer()
                .get("/api/tasks?limit=1&cursor={c}", page.<String>path("next_cursor"))
                .then()
                .body("data.id", equalTo(List.of(first)));
    }

    @Test
    void task_centers_form_filters_by_status_and_change() {
        int id = create(RUNNABLE);
        calls.operator().post("/api/tasks/{id}/cancel", id).then().statusCode(200);
        String updated = calls.viewer().get("/api/tasks/{id}", id).path("data.update_time");
        calls.viewer().get("/api/tasks?status=failed&limit=100").then().body("data.id", hasItem(id));
        calls.viewer().get("/api/tasks?status=queued&limit=100").then().body("data.id", not(hasItem(id)));
        calls.viewer()
                .queryParam("since", "2020-01-01T00:00:00Z")
                .get("/api/tasks?order=asc&limit=1")
                .then()
                .statusCode(200)
                .body("data", hasSize(1));
        calls.viewer()
                .queryParam("since", updated.replaceFirst("^\\d{4}", "2999"))
                .get("/api/tasks")
                .then()
                .body("data", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=x", "status=done", "since=now", "order=x", "cursor=x", "view=x", "include=x"})
    void a_wrong_list_parameter_is_answered_400(String query) {
        calls.viewer().get("/api/tasks?" + query).then().statusCode(400).body("code", equalTo(400));
    }

    @Test
    void logs_of_a_task_without_any_are_an_empty_page() {
        int id = create(RUNNABLE);
        calls.viewer()
                .get("/api/tasks/logs?task_id={id}&limit=9999", id)
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("data.task_id", equalTo(Integer.toString(id)))
                .body("data.from", equalTo(1))
                .body("data.limit", equalTo(2_000))
                .body("data.next_from", equalTo(1))
                .body("data.records", hasSize(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "?task_id=", "?task_id=1&from=x", "?task_id=1&limit=x"})
    void wrong_log_parameters_are_answered_400(String query) {
        calls.viewer().get("/api/tasks/logs" + query).then().statusCode(400).body("code", equalTo(400));
    }

    @Test
    void an_idempotency_key_creates_once_and_refuses_another_body() {
        String key = "taskhub-" + System.nanoTime();
        int first = calls.operator()
                .header("Idempotency-Key", key)
                .body(RUNNABLE)
                .post("/api/tasks")
                .path("data.id");
        int again = calls.operator()
                .header("Idempotency-Key", key)
                .body(RUNNABLE)
                .post("/api/tasks")
                .path("data.id");
        assertThat(again).isEqualTo(first);
        calls.operator()
                .header("Idempotency-Key", key)
                .body(RUNNABLE.replace("hi", "ho"))
                .post("/api/tasks")
                .then()
                .statusCode(422)
                .body("code", equalTo(422));
    }

    @Test
    void services_get_views_with_their_output_cut() {
        int id = create(RUNNABLE);
        worker.succeed(worker.claim(idOf(id)), "h\u00e4llo");
        Map<String, Object> request =
                Map.of("ids", List.of(idOf(id).toString(), "00000000-0000-7000-8000-000000000000"), "max_output", 2);
        String path = "views.'" + idOf(id) + "'";
        calls.service()
                .body(request)
                .post("/internal/tasks/views")
                .then()
                .statusCode(200)
                .body("views.size()", equalTo(1))
                .body(path + ".id", equalTo(id))
                .body(path + ".last_output", equalTo("h"))
                .body(path + ".status", equalTo("success"));
        calls.operator().body(request).post("/internal/tasks/views").then().statusCode(403);
        given().contentType("application/json")
                .body(request)
                .post("/internal/tasks/views")
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"ids\":[\"x\"]}", "{\"ids\":[],\"max_output\":-1}", "[]"})
    void wrong_view_requests_are_answered_400(String body) {
        calls.service().body(body).post("/internal/tasks/views").then().statusCode(400);
    }

    @Test
    void the_list_of_nothing_is_an_empty_array_not_null() {
        calls.viewer()
                .queryParam("since", "2999-01-01T00:00:00Z")
                .get("/api/tasks")
                .then()
                .body("data", hasSize(0))
                .body("code", equalTo(0))
                .body("next_cursor", nullValue());
        assertThat(create(RUNNABLE)).isGreaterThan(0);
    }

    private int create(String body) {
        return calls.operator()
                .body(body)
                .post("/api/tasks")
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("message", equalTo("ok"))
                .body("data.id", greaterThan(0))
                .extract()
                .path("data.id");
    }

    private TaskId idOf(int number) {
        String tsk = calls.viewer()
                .get("/api/tasks?limit=100&include=children")
                .path("data.find { it.id == %d }.task_id".formatted(number));
        return TaskId.parse(tsk).orElseThrow();
    }
}
