package io.taskhub.realtime.socket;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Logs and events in TaskHub's words (taskhub.md, "Server push"). The events of a plain task are derived here from the engine's; those
 * of a DAG's node come ready-made from dag-service.
 */
@Singleton
final class Wording {
    private final ObjectMapper json;

    Wording(ObjectMapper json) {
        this.json = json;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Log(
            String type,
            String task_id,
            @Nullable String run_id,
            long seq,
            long ts_ms,
            int level,
            int stream,
            String message,
            long duration_ms,
            int attempt,
            Map<String, String> fields) {}

    /** {@code seq} is additive: what a later subscription may continue from. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Event(
            String type, String task_id, @Nullable String run_id, String event, long ts_ms, long seq, Object extra) {}

    /** {@code status}: 0 Pending, 1 Running, 2 Success, 3 Failed, 5 Canceled, 6 Timeout (decisions §3). */
    private record Running(int attempt, int status, int max_attempts, String worker) {}

    private record Ended(int attempt, int status, int exit_code, long duration_ms, String message) {}

    private record Reply(String type) {}

    private record Problem(String type, String message) {}

    private record Broadcast(String event, Object data) {}

    List<String> log(LogRecord line, String spelling) {
        return List.of(write(new Log(
                "log",
                spelling,
                line.run_id(),
                line.seq(),
                line.ts_ms(),
                line.level(),
                line.stream(),
                line.message(),
                line.duration_ms(),
                line.attempt(),
                line.fields() == null ? Map.of() : line.fields())));
    }

    List<String> node(DagEvent node, String spelling) {
        Object extra = node.extra() == null ? Map.of() : node.extra();
        return List.of(
                write(new Event("event", spelling, node.run_id(), node.event(), node.ts_ms(), node.seq(), extra)));
    }

    /** None, one or two messages. */
    List<String> event(TaskEvent event, String spelling) {
        List<String> texts = new ArrayList<>(2);
        switch (event) {
            case TaskEvent.Started s -> {
                Running extra = new Running(s.attempt(), 1, s.max_attempts(), s.worker());
                if (s.attempt() <= 1) {
                    texts.add(write(s, spelling, "task_start", extra));
                }
                texts.add(write(s, spelling, "attempt_start", extra));
            }
            case TaskEvent.Retrying r ->
                texts.add(write(
                        r,
                        spelling,
                        "attempt_end",
                        new Ended(r.attempt(), r.timed_out() ? 6 : 3, r.exit_code(), r.duration_ms(), r.error())));
            case TaskEvent.Finished f -> {
                Ended extra = new Ended(f.attempt(), status(f), f.exit_code(), f.duration_ms(), f.error());
                if (ran(f)) {
                    texts.add(write(f, spelling, "attempt_end", extra));
                }
                texts.add(write(f, spelling, "task_end", extra));
            }
            case TaskEvent.Created _,
                    TaskEvent.Progressed _,
                    TaskEvent.CancelRequested _,
                    TaskEvent.Returned _,
                    TaskEvent.Restarted _,
                    TaskEvent.Deleted _,
                    TaskEvent.Unknown _ -> {}
        }
        return texts;
    }

    /** A task that was cancelled while it waited has no attempt to end. */
    private static boolean ran(TaskEvent.Finished f) {
        return f.attempt() > 0 && (f.state() != TaskState.CANCELLED || f.duration_ms() > 0);
    }

    private static int status(TaskEvent.Finished f) {
        return switch (f.state()) {
            case COMPLETED -> 2;
            case CANCELLED -> 5;
            case ARCHIVED, SCHEDULED, PENDING, ACTIVE, RETRY -> f.timed_out() ? 6 : 3;
        };
    }

    String reply(String type) {
        return write(new Reply(type));
    }

    String problem(String message) {
        return write(new Problem("error", message));
    }

    String broadcast(String event, Object data) {
        return write(new Broadcast(event, data));
    }

    private String write(TaskEvent event, String spelling, String name, Object extra) {
        TaskEvent.Subject subject = event.subject();
        return write(new Event("event", spelling, subject.run_id(), name, subject.ts_ms(), subject.seq(), extra));
    }

    String write(Object message) {
        try {
            return json.writeValueAsString(message);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
