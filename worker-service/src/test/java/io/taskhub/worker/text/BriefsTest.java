package io.taskhub.worker.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.contracts.TaskId;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution.Stop;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BriefsTest {

    @Test
    void a_brief_is_made_of_the_releases_of_the_day() {
        try (World world = new World()) {
            JsonNode result = TextRun.start(world.brief, "{\"user_id\":1,\"key_date\":\"2026-02-26\"}")
                    .result();
            assertThat(result.path("content").asText()).contains("## One v7", "It is new");
            assertThat(result.path("content_length").asInt())
                    .isEqualTo(result.path("content").asText().length());
            assertThat(result.path("key_date").asText()).isEqualTo("2026-02-26");
            assertThat(result.path("user_id").asInt()).isEqualTo(1);
            assertThat(result.path("status").asText()).isEqualTo("ready");
            assertThat(world.source.asked.getFirst().uri()).hasQuery("user_id=1&date=2026-02-26");
        }
    }

    @Test
    void a_day_without_releases_has_a_brief_that_says_so() {
        try (World world = new World()) {
            JsonNode result =
                    TextRun.start(world.brief, "{\"user_id\":2,\"hour_utc\":6}").result();
            assertThat(result.path("content").asText()).isEqualTo("# 2026-02-26\n\n没有新的 Release。");
            assertThat(result.path("content_length").asInt()).isEqualTo(27);
            assertThat(world.model.asked).isEmpty();
        }
    }

    @Test
    void without_a_model_it_is_disabled_and_empty() {
        try (World world = new World(false, false)) {
            assertThat(TextRun.start(world.brief, "{\"user_id\":2,\"hour_utc\":5}")
                            .result())
                    .isEqualTo(TextRun.json("""
                            {"user_id":2,"key_date":"2026-02-27","status":"disabled","content_length":0,"content":""}"""));
        }
    }

    @Test
    void what_cannot_be_had_fails_and_what_is_not_configured_is_hopeless() {
        try (World world = new World()) {
            assertThat(TextRun.start(world.brief, "{\"user_id\":13}").ended())
                    .isEqualTo(Ended.failed(1, "brief failed: the source of releases answered status 500"));
            assertThat(TextRun.start(world.slot, "{\"hour_utc\":3}").ended())
                    .isEqualTo(Ended.failed(1, "the source of users answered status 502"));
        }
        try (World world = new World(true, false)) {
            assertThat(TextRun.start(world.brief, "{\"user_id\":1}").ended())
                    .isEqualTo(Ended.hopeless("taskhub.releases.url is not configured"));
            assertThat(TextRun.start(world.slot, "{}").ended())
                    .isEqualTo(Ended.hopeless("taskhub.briefs.users-url is not configured"));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                    | missing user_id
            {"user_id":1,"key_date":"yesterday"}  | key_date must be a date such as 2026-02-27
            {"user_id":1,"hour_utc":24}           | hour_utc must be 0 to 23
            """)
    void a_payload_that_cannot_be_run_is_refused(String payload, String message) {
        try (World world = new World()) {
            assertThat(TextRun.start(world.brief, payload).ended()).isEqualTo(Ended.hopeless(message));
        }
    }

    @Test
    void a_slot_makes_a_brief_for_each_user_and_tells_how_each_came_out() {
        try (World world = new World()) {
            TaskId task = TaskId.next();
            TextRun run = TextRun.start(world.slot, "{\"hour_utc\":0}", task);
            assertThat(run.result()).isEqualTo(TextRun.json("""
                    {"total":3,"succeeded":2,"failed":1,"canceled":false,"hour_utc":0}"""));
            assertThat(run.told("collect", "hour_utc", "total_users")).containsExactly("0 3");
            assertThat(run.told("generate", "user_id", "key_date", "total"))
                    .containsExactlyInAnyOrder("1 2026-02-27 3", "b 2026-02-27 3", "13 2026-02-27 3");
            assertThat(run.told("generate", "index")).containsExactly("1", "2", "3");
            assertThat(run.told("user_succeeded", "user_id", "key_date"))
                    .containsExactlyInAnyOrder("1 2026-02-27", "b 2026-02-27");
            assertThat(run.told("user_succeeded", "content_length")).contains("27");
            assertThat(run.told("user_failed", "user_id", "key_date", "error"))
                    .containsExactly("13 2026-02-27 brief failed: the source of releases answered status 500");
            assertThat(run.steps.getLast().path("stage").asText()).isEqualTo("summary");
            assertThat(run.told("summary", "total", "succeeded", "failed", "canceled"))
                    .containsExactly("3 2 1 false");
            assertThat(world.tasks.orders).containsKey("slot:" + task + ":1:13");
        }
    }

    @Test
    void a_slot_whose_briefs_all_fail_fails_and_one_without_users_does_not() {
        try (World world = new World()) {
            TextRun failed = TextRun.start(world.slot, "{\"hour_utc\":1}");
            assertThat(failed.ended().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(failed.ended().retryable()).isFalse();
            assertThat(failed.ended().message()).isEqualTo("daily slot 01 failed for all users (failed=1, total=1)");
            assertThat(failed.told("summary", "failed")).containsExactly("1");
            assertThat(TextRun.start(world.slot, "{\"hour_utc\":2}")
                            .result()
                            .path("total")
                            .asInt())
                    .isZero();
        }
        try (World world = new World(false, true)) {
            TextRun disabled = TextRun.start(world.slot, "{\"hour_utc\":1}");
            assertThat(disabled.ended().outcome()).isEqualTo(Outcome.FAILED);
            assertThat(disabled.told("user_failed", "error")).containsExactly("AI is not configured");
        }
    }

    @Test
    void a_cancelled_slot_cancels_its_briefs_and_says_so() {
        try (World world = new World()) {
            world.tasks.answersToLose.set(1_000);
            TextRun run = TextRun.start(world.slot, "{\"hour_utc\":0}");
            await().until(() -> world.tasks.orders.size() == 3);
            run.stop(Stop.CANCELLED);
            assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
            assertThat(world.tasks.cancelled).hasSize(3);
            assertThat(run.told("summary", "canceled")).containsExactly("true");
        }
    }
}
