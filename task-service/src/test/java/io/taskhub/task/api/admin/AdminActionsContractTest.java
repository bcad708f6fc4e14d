package io.taskhub.task.api.admin;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import jakarta.inject.Inject;
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
class AdminActionsContractTest {
    private static final String REALTIME = "/api/admin/jobs/realtime";
    private static final String NOWHERE = "00000000-0000-7000-8000-000000000000";

    @Inject
    Operators operators;

    @Inject
    Calls calls;

    @Test
    void a_finished_task_is_run_again_as_a_child_of_its_own() {
        String queue = "q-" + UUID.randomUUID();
        TaskId old = operators.submit(Given.task()
                .inQueue(queue)
                .withPriority(2)
                .withPayload("{\"requested_by\":4}")
                .build());
        Lease lease = operators.claim(queue, "noop");
        operators.report(List.of(Operators.ended(lease, Report.Outcome.FAILED, "boom", null)));
        String again = post(old, "retry")
                .statusCode(200)
                .body("status", equalTo("queued"))
                .body("task_id", not(equalTo(old.toString())))
                .extract()
                .path("task_id");
        shown(again)
                .body("task.source", equalTo("retry"))
                .body("task.parent_task_id", equalTo(old.toString()))
                .body("task.payload_json", equalTo("{\"requested_by\":4}"))
                .body("task.requested_by", equalTo(4))
                .body("task.requested_by_name", equalTo("root"));
        shown(old.toString()).body("task.status", equalTo("failed")).body("task.error_message", equalTo("boom"));
        Lease next = operators.claim(queue, "noop");
        operators.report(List.of(Operators.ended(next, Report.Outcome.SUCCEEDED, "", null)));
        shown(again).body("task.status", equalTo("succeeded"));
    }

    @Test
    void a_double_click_with_a_key_makes_one_task() {
        TaskId old = operators.submit(Given.task().build());
        post(old, "cancel").statusCode(200);
        String key = UUID.randomUUID().toString();
        String first = retry(old, key).statusCode(200).extract().path("task_id");
        retry(old, key).statusCode(200).body("task_id", equalTo(first));
        retry(old, UUID.randomUUID().toString()).statusCode(200).body("task_id", not(equalTo(first)));
        refused(retry(old, "k".repeat(256)), 400, "bad_request");
    }

    @Test
    void what_cannot_run_again_by_itself_is_refused() {
        refused(post(operators.submit(Given.task().build()), "retry"), 409, "invalid_task_state");
        TaskId node = operators.submit(Given.task()
                .withLink(new Task.Link("1_abc123", "a", null, null, null))
                .build());
        post(node, "cancel").statusCode(200);
        refused(post(node, "retry"), 409, "invalid_task_state");
        TaskId planned =
                operators.submit(Given.task().born(new NewTask.Born.Completed()).build());
        refused(post(planned, "retry"), 409, "invalid_task_state");
        refused(calledOn(NOWHERE, "retry"), 404, "not_found");
    }

    @Test
    void a_waiting_task_is_canceled_at_once_and_a_finished_one_not_at_all() {
        TaskId id = operators.submit(Given.task().build());
        post(id, "cancel")
                .statusCode(200)
                .body("task_id", equalTo(id.toString()))
                .body("status", equalTo("canceled"));
        refused(post(id, "cancel"), 409, "invalid_task_state");
        refused(calledOn(NOWHERE, "cancel"), 404, "not_found");
    }

    @Test
    void a_running_task_is_asked_to_stop() {
        String queue = "q-" + UUID.randomUUID();
        TaskId id = operators.submit(Given.task().inQueue(queue).build());
        Lease lease = operators.claim(queue, "noop");
        post(id, "cancel").statusCode(200).body("status", equalTo("running"));
        operators.report(List.of(Operators.ended(lease, Report.Outcome.CANCELLED, "", null)));
        shown(id.toString()).body("task.status", equalTo("canceled"));
    }

    @Test
    void the_overview_counts_what_there_is() {
        operators.submit(Given.task().born(new NewTask.Born.Failed("no")).build());
        operators.submit(Given.task().born(new NewTask.Born.Completed()).build());
        operators.submit(Given.task().build());
        operators
                .admin()
                .get("/api/admin/jobs/overview")
                .then()
                .statusCode(200)
                .body("queued", greaterThanOrEqualTo(1))
                .body("running", greaterThanOrEqualTo(0))
                .body("failed_24h", greaterThanOrEqualTo(1))
                .body("succeeded_24h", greaterThanOrEqualTo(1))
                .body("truncated", equalTo(false))
                .body("$", hasKey("enabled_scheduled_slots"))
                .body("total_scheduled_slots", nullValue());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/admin/jobs/overview",
        "GET, /api/admin/jobs/realtime",
        "GET, /api/admin/jobs/realtime/1",
        "POST, /api/admin/jobs/realtime/1/retry",
        "POST, /api/admin/jobs/realtime/1/cancel"
    })
    void only_an_admin_is_let_in(String method, String path) {
        refused(given().request(method, path).then(), 401, "unauthorized");
        refused(calls.operator().request(method, path).then(), 403, "forbidden_admin_only");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/admin/jobs/realtime/" + NOWHERE,
                "/api/admin/jobs/realtime/999999999999",
                "/api/admin/jobs/realtime/no-such-id",
                "/api/admin/jobs/realtime/-1",
                "/api/admin/jobs/realtime/1/2/3",
                "/api/admin/jobs/nothing",
                "/api/admin/nothing"
            })
    void what_is_not_there_is_not_found(String path) {
        refused(operators.admin().get(path).then(), 404, "not_found");
    }

    @Test
    void a_wrong_method_is_not_allowed() {
        refused(operators.admin().put(REALTIME).then(), 405, "method_not_allowed");
        refused(operators.admin().get(REALTIME + "/1/retry").then(), 405, "method_not_allowed");
        refused(operators.admin().delete(REALTIME + "/1").then(), 405, "method_not_allowed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"page=abc", "page_size=1.5", "status=done", "page=99999999"})
    void a_bad_parameter_is_refused(String query) {
        refused(operators.admin().get(REALTIME + "?" + query).then(), 400, "bad_request");
    }

    private ValidatableResponse post(TaskId id, String action) {
        return calledOn(id.toString(), action);
    }

    private ValidatableResponse calledOn(String id, String action) {
        return operators.admin().post(REALTIME + "/{id}/" + action, id).then();
    }

    private ValidatableResponse retry(TaskId id, String key) {
        return operators
                .admin()
                .header("Idempotency-Key", key)
                .post(REALTIME + "/" + id + "/retry")
                .then();
    }

    private ValidatableResponse shown(String id) {
        return operators.admin().get(REALTIME + "/{id}", id).then().statusCode(200);
    }

    private static void refused(ValidatableResponse reply, int status, String code) {
        reply.statusCode(status)
                .body("ok", equalTo(false))
                .body("error.code", equalTo(code))
                .body("error.message", notNullValue());
    }
}
