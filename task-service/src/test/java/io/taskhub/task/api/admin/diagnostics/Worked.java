package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.SampleTask;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A task and what its worker said, of which a test gives only what matters. Every event is a second later than the one before. */
final class Worked {
    private static final Instant START = Instant.parse("2026-02-27T09:19:00Z");

    private final String type;
    private final TaskState state;
    private String payload = "{}";
    private @Nullable String result;
    private String error = "";
    private int attempt = 1;
    private final List<TaskEvent> events = new ArrayList<>();

    private Worked(String type, TaskState state) {
        this.type = type;
        this.state = state;
    }

    static Worked on(String type, TaskState state) {
        return new Worked(type, state);
    }

    Worked payload(String json) {
        payload = json;
        return this;
    }

    Worked result(@Nullable String json) {
        result = json;
        return this;
    }

    Worked error(String message) {
        error = message;
        return this;
    }

    Worked nextAttempt() {
        attempt++;
        return this;
    }

    /** Said as data, under the stage that it names. */
    Worked said(String data) {
        return said("working", data);
    }

    Worked said(String stage, @Nullable String data) {
        events.add(new TaskEvent.Progressed(subject(), attempt, 50, stage, "", data));
        return this;
    }

    Worked ended() {
        events.add(new TaskEvent.Finished(subject(), TaskState.ARCHIVED, false, attempt, 1, "", 50, 5));
        attempt = 1;
        return this;
    }

    Diagnostics diagnostics() {
        return in(Language.CHINESE);
    }

    Diagnostics in(Language language) {
        return Diagnostics.of(task(), events, language).orElseThrow();
    }

    /** The time of an event, from 1. */
    static String at(int seq) {
        return "2026-02-27T09:19:" + (seq < 10 ? "0" : "") + seq + ".000000000+00:00";
    }

    Task task() {
        return new Task(
                SampleTask.ID,
                42,
                Origin.V1,
                state,
                "default",
                type,
                0,
                false,
                0,
                new Task.Description("", 0, payload, payload, "{}", "ann"),
                Task.Link.NONE,
                new Task.Runs(attempt, 3, Duration.ZERO, false),
                new Task.Times(START, START, START, START, state.isFinal() ? START : null),
                new Task.Result(0, "", "", error, result));
    }

    private TaskEvent.Subject subject() {
        int seq = events.size() + 1;
        long at = START.plusSeconds(seq).toEpochMilli();
        return new TaskEvent.Subject(SampleTask.ID, 42, "42", null, Origin.V1, seq, at);
    }
}
