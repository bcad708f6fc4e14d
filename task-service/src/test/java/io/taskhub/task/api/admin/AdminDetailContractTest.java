package io.taskhub.task.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.TaskServiceTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AdminDetailContractTest {
    private static final String BATCH = "translate.release.batch";
    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}\\+00:00";

    @Inject
    Operators operators;

    /** Created, started, 373 reports and the end: 376 events. */
    @Test
    void a_batch_with_one_ready_and_one_failed_release_is_partial_with_200_of_376_events() {
        String queue = "q-" + UUID.randomUUID();
        TaskId id = operators.submit(Given.task()
                .ofType(BATCH)
                .inQueue(queue)
                .withPayload("{\"user_id\":1,\"release_ids\":[291058027,291042015]}")
                .build());
        Lease lease = operators.claim(queue, BATCH);
        List<Report> reports = new ArrayList<>();
        reports.add(Operators.said(
                lease, 1, "release", "{\"stage\":\"release\",\"release_id\":\"291042015\",\"item_status\":\"ready\"}"));
        for (int n = 2; n <= 372; n++) {
            reports.add(Operators.said(lease, n, "waiting", null));
        }
        reports.add(Operators.said(
                lease,
                373,
                "release",
                "{\"stage\":\"release\",\"release_id\":\"291058027\",\"item_status\":\"error\","
                        + "\"item_error\":\"translation failed\"}"));
        reports.add(Operators.ended(lease, Report.Outcome.SUCCEEDED, "", "{\"total\":2,\"ready\":1,\"error\":1}"));
        operators.report(reports);

        ValidatableResponse shown = detail(id.toString());
        shown.header("Vary", containsString("Accept-Language"))
                .body("task.id", equalTo(id.toString()))
                .body("task.task_type", equalTo(BATCH))
                .body("task.status", equalTo("succeeded"))
                .body("task.source", equalTo("api.v1"))
                .body("task.requested_by", equalTo(1))
                .body("task.requested_by_name", equalTo("tester"))
                .body("task.parent_task_id", nullValue())
                .body("task.cancel_requested", equalTo(false))
                .body("task.error_message", nullValue())
                .body("task.payload_json", equalTo("{\"user_id\":1,\"release_ids\":[291058027,291042015]}"))
                .body("task.result_json", equalTo("{\"total\":2,\"ready\":1,\"error\":1}"))
                .body("task.created_at", matchesPattern(TIME))
                .body("task.started_at", matchesPattern(TIME))
                .body("task.finished_at", matchesPattern(TIME))
                .body("task.updated_at", matchesPattern(TIME))
                .body("event_meta.returned", equalTo(200))
                .body("event_meta.total", equalTo(376))
                .body("event_meta.limit", equalTo(200))
                .body("event_meta.truncated", equalTo(true))
                .body("events", hasSize(200))
                .body("events[0].id", equalTo(376))
                .body("events[0].event_type", equalTo("task.completed"))
                .body("events[1].id", equalTo(375))
                .body("events[1].event_type", equalTo("task.progress"))
                .body(
                        "events[1].payload_json",
                        equalTo("{\"stage\":\"release\",\"release_id\":\"291058027\",\"item_status\":\"error\","
                                + "\"item_error\":\"translation failed\",\"task_id\":\"" + id + "\"}"))
                .body("events[1].created_at", matchesPattern(TIME))
                .body("events[199].id", equalTo(177))
                .body("diagnostics", aMapWithSize(2))
                .body("diagnostics.business_outcome.code", equalTo("partial"))
                .body("diagnostics.business_outcome.label", equalTo("部分成功"))
                .body("diagnostics.business_outcome.message", equalTo("部分 Release 翻译成功，部分失败或缺失。"))
                .body("diagnostics.translate_release_batch.target_user_id", equalTo(1))
                .body("diagnostics.translate_release_batch.release_total", equalTo(2))
                .body("diagnostics.translate_release_batch.summary.ready", equalTo(1))
                .body("diagnostics.translate_release_batch.summary.missing", equalTo(0))
                .body("diagnostics.translate_release_batch.progress.processed", equalTo(2))
                .body("diagnostics.translate_release_batch.progress.last_stage", equalTo("release"))
                .body("diagnostics.translate_release_batch.items.release_id", contains("291042015", "291058027"))
                .body("diagnostics.translate_release_batch.items[0].item_error", nullValue())
                .body("diagnostics.translate_release_batch.items[1].item_error", equalTo("translation failed"))
                .body("diagnostics.translate_release_batch.items[1].last_event_at", matchesPattern(TIME));

        operators
                .admin()
                .header("Accept-Language", "fr, en;q=0.8")
                .get("/api/admin/jobs/realtime/{id}", id.job())
                .then()
                .statusCode(200)
                .body("diagnostics.business_outcome.label", equalTo("Partly succeeded"));
    }

    @Test
    void every_event_of_a_plain_task_is_told_newest_first() {
        String queue = "q-" + UUID.randomUUID();
        TaskId id = operators.submit(Given.task()
                .ofType("noop")
                .inQueue(queue)
                .withAttempts(2, new RetryPolicy.Exponential(Duration.ZERO, 1, Duration.ZERO, 0))
                .build());
        Lease lease = operators.claim(queue, "noop");
        operators.report(List.of(
                Operators.said(lease, 1, "half", null),
                new Report.Result(
                        id, lease.claim(), Report.Outcome.FAILED, true, 1, "", "", false, "first time", null, 5, 0)));
        Lease again = operators.claim(queue, "noop");
        operators
                .admin()
                .post("/api/admin/jobs/realtime/" + id + "/cancel")
                .then()
                .statusCode(200);
        detail(id.toString()).body("task.status", equalTo("running")).body("task.cancel_requested", equalTo(true));
        operators.report(List.of(Operators.ended(again, Report.Outcome.CANCELLED, "", null)));

        String task = ",\"task_id\":\"" + id + "\"}";
        List<String> payloads = detail(id.toString())
                .body("diagnostics", nullValue())
                .body("task.status", equalTo("canceled"))
                .body("task.result_json", nullValue())
                .body("event_meta.truncated", equalTo(false))
                .body("event_meta.total", equalTo(7))
                .body(
                        "events.event_type",
                        contains(
                                "task.canceled",
                                "task.cancel_requested",
                                "task.running",
                                "task.progress",
                                "task.progress",
                                "task.running",
                                "task.created"))
                .body("events.id", contains(7, 6, 5, 4, 3, 2, 1))
                .extract()
                .path("events.payload_json");
        assertThat(payloads.get(0))
                .startsWith("{\"status\":\"canceled\",\"error\":")
                .endsWith(task);
        assertThat(payloads.get(1)).isEqualTo("{\"reason\":\"cancelled by root\"" + task);
        assertThat(payloads.get(3)).startsWith("{\"stage\":\"retrying\",\"error\":\"first time\",\"attempt\":1");
        assertThat(payloads.get(4)).isEqualTo("{\"stage\":\"half\",\"message\":\"step 1\",\"percentage\":50" + task);
        assertThat(payloads.get(5))
                .isEqualTo("{\"status\":\"running\",\"worker\":\"test\",\"attempt\":1,\"max_attempts\":2" + task);
        assertThat(payloads.get(6))
                .isEqualTo("{\"task_type\":\"noop\",\"queue\":\"" + queue + "\",\"status\":\"queued\"" + task);
    }

    @Test
    void every_spelling_of_the_id_is_taken() {
        TaskId id = operators.submit(Given.task().build());
        for (String spelling : List.of(id.toString(), id.job(), id.tsk())) {
            detail(spelling).body("task.id", equalTo(id.toString())).body("task.started_at", nullValue());
        }
        operators
                .admin()
                .head("/api/admin/jobs/realtime/" + id)
                .then()
                .statusCode(200)
                .header("Content-Type", containsString("json"));
    }

    private ValidatableResponse detail(String id) {
        return operators.admin().get("/api/admin/jobs/realtime/{id}", id).then().statusCode(200);
    }
}
