package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.EventStream;
import io.taskhub.e2e.client.Json;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code admin-realtime-jobs.md}: what operators see of translations and briefs that are really made. */
@EndToEnd
class AdminJobsTest {
    private static final String PATH = "/api/admin/jobs/realtime/";
    private final Hub hub;

    AdminJobsTest(Hub hub) {
        this.hub = hub;
    }

    @Test
    void a_batch_with_one_ready_and_one_failed_release_is_partly_done() {
        String id =
                create("translate.release.batch", Map.of("user_id", 1, "release_ids", List.of(291058027, 591042015)));
        Reply detail = awaitSucceeded(id);

        assertThatReply(detail)
                .has("/task/id", id)
                .has("/task/task_type", "translate.release.batch")
                .has("/task/error_message", null)
                .has("/diagnostics/business_outcome/code", "partial")
                .has("/diagnostics/business_outcome/label", "部分成功")
                .has("/diagnostics/translate_release_batch/target_user_id", 1)
                .has("/diagnostics/translate_release_batch/release_total", 2)
                .has("/diagnostics/translate_release_batch/summary/ready", 1)
                .has("/diagnostics/translate_release_batch/summary/error", 1)
                .has("/diagnostics/translate_release_batch/progress/processed", 2)
                .has("/event_meta/limit", 200)
                .has("/event_meta/truncated", false);
        assertThat(detail.at("/diagnostics/translate_release_batch/items"))
                .extracting(item -> item.path("release_id").asText() + " "
                        + item.path("item_status").asText())
                .containsExactlyInAnyOrder("291058027 ready", "591042015 error");
        assertThat(detail.at("/events")).anySatisfy(event -> {
            assertThat(event.path("event_type").asText()).isEqualTo("task.progress");
            JsonNode payload = Json.parse(event.path("payload_json").asText());
            assertThat(payload.path("stage").asText()).isEqualTo("release");
            assertThat(payload.path("item_error").asText()).isEqualTo("translation failed");
        });
        assertThatReply(hub.admin().withHeader("Accept-Language", "en").get(PATH + id))
                .hasTextMatching("/diagnostics/business_outcome/label", "[A-Za-z ]+");
    }

    @Test
    void a_release_that_nobody_knows_is_missing() {
        String id = create("translate.release.batch", Map.of("user_id", 1, "release_ids", List.of("4711")));
        assertThatReply(awaitSucceeded(id))
                .has("/diagnostics/translate_release_batch/summary/missing", 1)
                .has("/diagnostics/translate_release_batch/items/0/item_status", "missing");
    }

    @Test
    void a_daily_slot_makes_one_brief_per_user() {
        String id = create("brief.daily_slot", Map.of("hour_utc", 0, "key_date", "2026-02-26"));
        assertThatReply(awaitSucceeded(id))
                .has("/diagnostics/business_outcome/code", "ok")
                .has("/diagnostics/brief_daily_slot/hour_utc", 0)
                .has("/diagnostics/brief_daily_slot/summary/total_users", 2)
                .has("/diagnostics/brief_daily_slot/summary/succeeded_users", 2)
                .has("/diagnostics/brief_daily_slot/users/0/state", "succeeded");
        Reply briefs = hub.admin().get("/api/admin/jobs/realtime?task_type=brief.generate&page=1&page_size=100");
        assertThat(briefs.at("/items"))
                .filteredOn(item -> item.path("parent_task_id").asText().equals(id))
                .hasSize(2);
    }

    @Test
    void a_job_is_retried_as_a_new_one_and_cancelled() {
        String id = create("noop", Map.of());
        awaitSucceeded(id);
        Reply retried = hub.admin().post(PATH + id + "/retry");
        assertThat(retried.status()).as(retried.toString()).isEqualTo(200);
        String again = retried.text("/task_id");
        assertThatReply(awaitSucceeded(again)).has("/task/source", "retry").has("/task/parent_task_id", id);

        String sleeper = create("sleep", Map.of("ms", 60_000));
        assertThatReply(hub.admin().post(PATH + sleeper + "/retry"))
                .hasStatus(409)
                .has("/ok", false)
                .has("/error/code", "invalid_task_state");
        hub.admin().post(PATH + sleeper + "/cancel").expect(200);
        awaitStatus(sleeper, "canceled");
    }

    @Test
    void only_admins_look_here() {
        assertThatReply(hub.admin().get(PATH + "0199c8f0-0000-7000-8000-00000000002a"))
                .hasStatus(404)
                .has("/ok", false)
                .has("/error/code", "not_found");
        assertThatReply(hub.anonymous().get(PATH + "x")).hasStatus(401).has("/ok", false);
        assertThatReply(hub.admin().get("/api/admin/jobs/overview")).hasStatus(200);
    }

    @Test
    void events_of_all_jobs_come_as_they_happen() {
        try (EventStream stream = hub.admin().stream("/api/admin/jobs/events")) {
            assertThat(stream.status()).isEqualTo(200);
            String id = create("noop", Map.of());
            EventStream.Frame frame =
                    stream.awaitEvent(f -> f.json().path("task_id").asText().equals(id)
                            && f.json().path("event_type").asText().equals("task.completed"));
            assertThat(frame.event()).isEqualTo("job.event");
        }
    }

    private String create(String type, Map<String, Object> payload) {
        NewTask task = NewTask.of(type).once();
        payload.forEach(task::payload);
        return hub.v1().create(task);
    }

    private Reply awaitSucceeded(String id) {
        return awaitStatus(id, "succeeded");
    }

    private Reply awaitStatus(String id, String status) {
        hub.v1().awaitState(id, status.equals("succeeded") ? "completed" : "archived");
        return hub.admin().get(PATH + id).expect(200);
    }
}
