package io.taskhub.task.api;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tasks for tests of views: fills in what a test leaves out. */
public final class SampleTask {
    public static final TaskId ID = new TaskId(UUID.fromString("0199c8f0-0000-7000-8000-00000000002a"));

    private static final Instant CREATED = Instant.parse("2026-03-10T08:51:32.123456Z");

    private final TaskState state;
    private Origin origin = Origin.TASKHUB;
    private String type = "shell";
    private String params = "{\"cmd\":\"ls\"}";
    private int attempt;
    private boolean timedOut;
    private Duration timeout = Duration.ofMinutes(30);
    private Task.Result result = Task.Result.NONE;

    private SampleTask(TaskState state) {
        this.state = state;
        this.attempt = state == TaskState.SCHEDULED || state == TaskState.PENDING ? 0 : 1;
    }

    public static SampleTask in(TaskState state) {
        return new SampleTask(state);
    }

    public SampleTask of(String executor, Origin dialect, String asked) {
        type = executor;
        origin = dialect;
        params = asked;
        return this;
    }

    public SampleTask attempt(int counted) {
        attempt = counted;
        return this;
    }

    public SampleTask timedOut() {
        timedOut = true;
        return this;
    }

    public SampleTask timeout(Duration duration) {
        timeout = duration;
        return this;
    }

    public SampleTask left(int exitCode, String stdout, String stderr, String message, @Nullable String data) {
        result = new Task.Result(exitCode, stdout, stderr, message, data);
        return this;
    }

    public Task task() {
        boolean ended = state.isFinal();
        return new Task(
                ID,
                42,
                origin,
                state,
                "default",
                type,
                0,
                state == TaskState.CANCELLED,
                state == TaskState.COMPLETED ? 100 : 0,
                new Task.Description("hi", 7, "{\"command\":\"ls\"}", params, "{\"user_id\":\"123\"}", "ann"),
                Task.Link.NONE,
                new Task.Runs(attempt, 4, timeout, timedOut),
                new Task.Times(
                        CREATED,
                        CREATED.plusSeconds(90),
                        CREATED.plusSeconds(1),
                        attempt == 0 ? null : CREATED.plusSeconds(2),
                        ended ? CREATED.plusSeconds(90) : null),
                result);
    }
}
