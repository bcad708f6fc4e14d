package io.taskhub.realtime.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The texts are those of task-service's {@code AdminEvent}: a client finds the same event in a task's detail. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobEventTest {
    private static final TaskEvent.Subject SUBJECT =
            new TaskEvent.Subject(new TaskId(new UUID(0, 1)), 17, "17", null, Origin.ADMIN, 3, 1_741_596_700_001L);

    private static void tells(TaskEvent event, String type, String status, String payload) {
        Telling told = Objects.requireNonNull(Telling.of(event));
        String named = payload + ",\"task_id\":\"00000000-0000-0000-0000-000000000001\"}";
        assertThat(JobEvent.of(SUBJECT, told, null))
                .isEqualTo(new JobEvent(
                        3,
                        "00000000-0000-0000-0000-000000000001",
                        null,
                        status,
                        type,
                        named,
                        "2025-03-10T08:51:40.001000000+00:00"));
    }

    private static void progress(@Nullable String data, String payload) {
        tells(new TaskEvent.Progressed(SUBJECT, 1, 50, "half", "step 1", data), "task.progress", "running", payload);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED, queued",
        "PENDING, queued",
        "RETRY, queued",
        "ACTIVE, running",
        "COMPLETED, succeeded",
        "ARCHIVED, failed",
        "CANCELLED, canceled"
    })
    void a_task_is_created_in_any_state(TaskState state, String status) {
        tells(new TaskEvent.Created(SUBJECT, state, "default", "noop", 0), "task.created", status, """
                {"task_type":"noop","queue":"default","status":"%s\"""".formatted(
                        status));
    }

    @Test
    void a_run() {
        tells(new TaskEvent.Started(SUBJECT, 1, 2, "w1"), "task.running", "running", """
                {"status":"running","worker":"w1","attempt":1,"max_attempts":2""");
        tells(new TaskEvent.CancelRequested(SUBJECT, "by root"), "task.cancel_requested", "running", """
                {"reason":"by root\"""");
    }

    @Test
    void progress_is_what_the_handler_wrote_else_what_every_worker_says() {
        String plain = "{\"stage\":\"half\",\"message\":\"step 1\",\"percentage\":50";
        progress(null, plain);
        progress("{}", plain);
        progress("no json", plain);
        progress("{\"stage\":\"release\",\"release_id\":\"7\"}", "{\"stage\":\"release\",\"release_id\":\"7\"");
        progress("{\"share\":1e400}", "{\"stage\":\"half\",\"share\":1E+400");
    }

    @Test
    void a_task_that_waits_again() {
        tells(
                new TaskEvent.Retrying(SUBJECT, 1, 2, "exit code 2", false, 5, 1_741_596_702_000L),
                "task.progress",
                "queued",
                """
                {"stage":"retrying","error":"exit code 2","attempt":1,"timed_out":false,\
                "next_run_at":"2025-03-10T08:51:42.000000000+00:00\"""");
        tells(new TaskEvent.Returned(SUBJECT, "lost"), "task.progress", "queued", """
                {"stage":"returned","reason":"lost\"""");
        tells(new TaskEvent.Restarted(SUBJECT, TaskState.PENDING), "task.progress", "queued", """
                {"stage":"restarted\"""");
    }

    @Test
    void every_end() {
        tells(
                new TaskEvent.Finished(SUBJECT, TaskState.COMPLETED, false, 1, 0, "", 100, 5),
                "task.completed",
                "succeeded",
                """
                {"status":"succeeded","error":null,"timed_out":false,"attempt":1,"exit_code":0,"duration_ms":5""");
        tells(
                new TaskEvent.Finished(SUBJECT, TaskState.ARCHIVED, true, 2, -1, "Task timeout", 50, 7),
                "task.completed",
                "failed",
                """
                {"status":"failed","error":"Task timeout","timed_out":true,"attempt":2,"exit_code":-1,"duration_ms":7""");
        tells(
                new TaskEvent.Finished(SUBJECT, TaskState.CANCELLED, false, 0, 0, "cancelled", 0, 0),
                "task.canceled",
                "canceled",
                """
                {"status":"canceled","error":"cancelled","timed_out":false,"attempt":0,"exit_code":0,"duration_ms":0""");
    }

    @Test
    void what_operators_have_no_word_for() {
        assertThat(Telling.of(new TaskEvent.Deleted(SUBJECT))).isNull();
        assertThat(Telling.of(new TaskEvent.Unknown(SUBJECT))).isNull();
    }
}
