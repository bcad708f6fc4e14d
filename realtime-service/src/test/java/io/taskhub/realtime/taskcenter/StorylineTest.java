package io.taskhub.realtime.taskcenter;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.realtime.sse.StreamId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What every event looks like to a client of Task Center (task-center.md §4). */
@DisplayNameGeneration(ReplaceUnderscores.class)
class StorylineTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TaskId TASK = new TaskId(new UUID(0, 1));
    private static final long BEGAN = 1_741_596_700_000L;
    private static final String OVERLAY = """
            {"event":"overlay","type":"highlight","bbox":[%d,2,3,4],"content_type":"dom",\
            "recorded_at":"t%d","step":"%s","meta":{"action":"click"}}""";

    private final Storyline story = new Storyline(new AgentUpdates(JSON));
    private int seq;

    private TaskEvent.Subject next() {
        seq++;
        return new TaskEvent.Subject(TASK, 17, "17", null, Origin.TASKCENTER, seq, BEGAN + seq);
    }

    private void shows(TaskEvent event, String expected) {
        assertThat(story.next(event)).singleElement().satisfies(frame -> is(frame, event, expected));
        assertThat(story.end()).isEmpty();
    }

    private void ends(TaskEvent event, String expected) {
        assertThat(story.next(event)).isEmpty();
        assertThat(story.end()).hasValueSatisfying(frame -> is(frame, event, expected));
    }

    private static void is(Frame frame, TaskEvent event, String expected) {
        assertThat(frame.id()).isEqualTo(StreamId.of(event));
        assertThat(text(frame))
                .isEqualTo(expected)
                .startsWith("{\"event\":\"" + frame.shown().event() + "\",");
    }

    private static String text(Frame frame) {
        try {
            return JSON.writeValueAsString(frame.shown());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private TaskEvent.Created created() {
        return new TaskEvent.Created(next(), TaskState.PENDING, "browser", "browser", 0);
    }

    private TaskEvent.Started started(int attempt) {
        return new TaskEvent.Started(next(), attempt, 2, "w1");
    }

    private TaskEvent.Progressed reported(@Nullable String data) {
        return new TaskEvent.Progressed(next(), 1, 10, "stage", "a message", data);
    }

    private TaskEvent.Finished finished(TaskState state, boolean timedOut, String error) {
        return new TaskEvent.Finished(next(), state, timedOut, 1, 0, error, 100, 5);
    }

    @Test
    void an_agents_run_from_its_beginning_to_its_success() {
        shows(created(), """
                {"event":"status","status":"queued","current_step":0,"plan_overlays":{"steps":[]},\
                "recorded_at":"2025-03-10T08:51:40.001Z"}""");
        shows(started(1), """
                {"event":"status","status":"running","current_step":0,"plan_overlays":{"steps":[]},\
                "recorded_at":"2025-03-10T08:51:40.002Z"}""");
        shows(reported("{\"event\":\"log\",\"level\":\"debug\",\"message\":\"hello\",\"recorded_at\":\"t1\"}"), """
                {"event":"log","level":"debug","message":"hello","recorded_at":"t1"}""");
        shows(reported(OVERLAY.formatted(1, 1, "step-1")), OVERLAY.formatted(1, 1, "step-1"));
        shows(reported(OVERLAY.formatted(1, 2, "step-2")), OVERLAY.formatted(1, 2, "step-2"));
        shows(reported(OVERLAY.formatted(9, 3, "step-1")), OVERLAY.formatted(9, 3, "step-1"));
        String steps = """
                {"steps":[{"id":"step-2","bbox":[1,2,3,4],"recorded_at":"t2"},\
                {"id":"step-1","bbox":[9,2,3,4],"recorded_at":"t3"}]}""";
        shows(reported("{\"event\":\"status\",\"current_step\":2,\"recorded_at\":\"t4\"}"), """
                {"event":"status","status":"running","current_step":2,"plan_overlays":%s,"recorded_at":"t4"}""".formatted(steps));
        shows(reported("""
                {"event":"artifact","label":"screenshot","path":"soulbrowser-output/artifacts/tsk_1/a/wiki.png",\
                "mime":"image/png","size":4711,"recorded_at":"t5"}"""), """
                {"event":"artifact","label":"screenshot","path":"soulbrowser-output/artifacts/tsk_1/a/wiki.png",\
                "mime":"image/png","size":4711,"recorded_at":"t5","url":"/api/tasks/tsk_1/artifacts/a/wiki.png"}""");
        ends(finished(TaskState.COMPLETED, false, ""), """
                {"event":"status","status":"success","current_step":2,"plan_overlays":%s,\
                "recorded_at":"2025-03-10T08:51:40.009Z"}""".formatted(steps));
    }

    @Test
    void an_artifact_elsewhere_has_no_address() {
        String artifact = """
                {"event":"artifact","label":"log","path":"elsewhere/a.txt","mime":"text/plain","size":1,\
                "recorded_at":"t"}""";
        shows(reported(artifact), artifact);
    }

    @Test
    void an_artifacts_address_is_encoded() {
        shows(reported("""
                {"event":"artifact","label":"f","path":"soulbrowser-output/artifacts/tsk_1/a b/50%#1?é.png",\
                "mime":"image/png","size":1,"recorded_at":"t"}"""), """
                {"event":"artifact","label":"f","path":"soulbrowser-output/artifacts/tsk_1/a b/50%#1?é.png",\
                "mime":"image/png","size":1,"recorded_at":"t",\
                "url":"/api/tasks/tsk_1/artifacts/a%20b/50%25%231%3F%C3%A9.png"}""");
    }

    @Test
    void the_end_of_a_run_that_was_restarted_is_a_log_line() {
        TaskEvent failed = finished(TaskState.ARCHIVED, false, "exit code 2");
        assertThat(story.next(failed)).isEmpty();
        assertThat(story.next(new TaskEvent.Unknown(next()))).isEmpty();
        TaskEvent restarted = new TaskEvent.Restarted(next(), TaskState.PENDING);
        assertThat(story.next(restarted))
                .satisfiesExactly(end -> is(end, failed, """
                {"event":"log","level":"error","message":"FAILED: exit code 2","recorded_at":"2025-03-10T08:51:40.001Z"}"""), again -> is(again, restarted, """
                {"event":"status","status":"queued","current_step":0,"plan_overlays":{"steps":[]},\
                "recorded_at":"2025-03-10T08:51:40.003Z","message":"restarted"}"""));
        assertThat(story.end()).isEmpty();
        TaskEvent succeeded = finished(TaskState.COMPLETED, false, "");
        assertThat(story.next(succeeded)).isEmpty();
        assertThat(story.next(new TaskEvent.Restarted(next(), TaskState.PENDING)))
                .first()
                .satisfies(end -> is(end, succeeded, """
                {"event":"log","level":"info","message":"the run ended: success","recorded_at":"2025-03-10T08:51:40.004Z"}"""));
    }

    @Test
    void what_the_agent_said_of_its_failure_is_shown_at_the_end() {
        story.next(started(1));
        assertThat(story.next(reported("""
                        {"event":"error","error_code":"BROWSER_UNAVAILABLE","message":"no browser found",\
                        "hint":"install chromium"}"""))).isEmpty();
        ends(finished(TaskState.ARCHIVED, false, "no browser found"), """
                {"event":"error","error_code":"BROWSER_UNAVAILABLE","message":"no browser found",\
                "hint":"install chromium","status":"failed","recorded_at":"2025-03-10T08:51:40.003Z"}""");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            CANCELLED | false | task cancelled | CANCELLED | task cancelled
            CANCELLED | true | | CANCELLED | task cancelled
            ARCHIVED | true | Task timeout after 5 seconds | TIMEOUT | Task timeout after 5 seconds
            ARCHIVED | false | worker lost | WORKER_LOST | worker lost
            ARCHIVED | false | exit code 2 | FAILED | exit code 2
            ARCHIVED | false | | FAILED | task failed
            """)
    void every_other_end_has_its_code(
            TaskState state, boolean timedOut, @Nullable String error, String code, String message) {
        if (!code.equals("FAILED")) {
            story.next(reported(
                    "{\"event\":\"error\",\"error_code\":\"X\",\"message\":\"the engine's reason comes first\"}"));
        }
        story.next(finished(state, timedOut, error == null ? "" : error));
        assertThat(story.end().orElseThrow().shown()).isInstanceOfSatisfying(Shown.Failed.class, failed -> {
            assertThat(failed.error_code()).isEqualTo(code);
            assertThat(failed.message()).isEqualTo(message);
            assertThat(failed.hint()).isNotEmpty();
            assertThat(failed.status()).isEqualTo("failed");
        });
    }

    @Test
    void a_later_attempt_begins_anew() {
        story.next(started(1));
        story.next(reported("{\"event\":\"status\",\"current_step\":0,\"recorded_at\":\"t\"}"));
        story.next(reported(OVERLAY.formatted(1, 1, "step-1")));
        story.next(reported("{\"event\":\"status\",\"current_step\":4,\"recorded_at\":\"t\"}"));
        story.next(reported("{\"event\":\"error\",\"error_code\":\"X\",\"message\":\"m\"}"));
        assertThat(text(story.next(new TaskEvent.Returned(next(), "lost")).getFirst()))
                .startsWith("{\"event\":\"status\",\"status\":\"queued\",\"current_step\":4,")
                .endsWith("\"message\":\"the worker was lost\"}");
        assertThat(text(story.next(started(1)).getFirst()))
                .startsWith("{\"event\":\"status\",\"status\":\"running\",\"current_step\":4,");
        shows(reported("{\"event\":\"status\",\"current_step\":0,\"recorded_at\":\"t\"}"), """
                {"event":"status","status":"running","current_step":0,"plan_overlays":{"steps":[]},"recorded_at":"t"}""");
        story.next(finished(TaskState.ARCHIVED, false, "broken"));
        assertThat(text(story.end().orElseThrow())).contains("\"error_code\":\"FAILED\"");
    }

    @Test
    void a_task_of_another_dialect_shows_its_progress_as_log_lines() {
        String line = """
                {"event":"log","level":"info","message":"%s","recorded_at":"2025-03-10T08:51:40.00%dZ"}""";
        shows(reported(null), line.formatted("a message", 1));
        shows(reported("{\"stage\":\"release\",\"release_id\":\"1\"}"), line.formatted("a message", 2));
        shows(reported("no json"), line.formatted("a message", 3));
        shows(new TaskEvent.Progressed(next(), 1, 10, "fetching", "", null), line.formatted("fetching", 4));
        shows(new TaskEvent.CancelRequested(next(), "by alice"), """
                {"event":"log","level":"warn","message":"cancel requested","recorded_at":"2025-03-10T08:51:40.005Z"}""");
        shows(new TaskEvent.Retrying(next(), 1, 2, "exit code 2", false, 5, 0), """
                {"event":"status","status":"queued","current_step":0,"plan_overlays":{"steps":[]},\
                "recorded_at":"2025-03-10T08:51:40.006Z","message":"attempt 1 failed: exit code 2"}""");
        shows(new TaskEvent.Restarted(next(), TaskState.PENDING), """
                {"event":"status","status":"queued","current_step":0,"plan_overlays":{"steps":[]},\
                "recorded_at":"2025-03-10T08:51:40.007Z","message":"restarted"}""");
        assertThat(story.next(new TaskEvent.Unknown(next()))).isEmpty();
    }
}
