package io.taskhub.task.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.admin.diagnostics.Facts;
import java.time.Instant;

/**
 * An event as the contract shows it. {@code payload_json} is a JSON object as text and always names the task.
 *
 * @param id where it stands in the task's history, from 1
 */
public record AdminEvent(int id, String event_type, String payload_json, String created_at) {
    private static final String PROGRESS = "task.progress";
    private static final String STAGE = "stage";

    static AdminEvent of(TaskEvent event) {
        TaskEvent.Subject subject = event.subject();
        ObjectNode payload = JsonNodeFactory.instance.objectNode();
        String type = tell(event, payload);
        payload.put("task_id", subject.task().toString());
        String at = Rfc3339.nanos(Instant.ofEpochMilli(subject.ts_ms()));
        return new AdminEvent(subject.seq(), type, JsonBody.write(payload), at);
    }

    /** Writes what the event says and gives its type. */
    private static String tell(TaskEvent event, ObjectNode payload) {
        return switch (event) {
            case TaskEvent.Created created -> {
                payload.put("task_type", created.type()).put("queue", created.queue());
                payload.put("status", AdminStatus.of(created.state()));
                yield "task.created";
            }
            case TaskEvent.Started started -> {
                payload.put("status", "running").put("worker", started.worker());
                payload.put("attempt", started.attempt()).put("max_attempts", started.max_attempts());
                yield "task.running";
            }
            case TaskEvent.Progressed progressed -> progress(progressed, payload);
            case TaskEvent.CancelRequested asked -> {
                payload.put("reason", asked.reason());
                yield "task.cancel_requested";
            }
            case TaskEvent.Finished finished -> finish(finished, payload);
            case TaskEvent.Retrying retrying -> {
                payload.put(STAGE, "retrying").put("error", retrying.error());
                payload.put("attempt", retrying.attempt()).put("timed_out", retrying.timed_out());
                payload.put("next_run_at", Rfc3339.nanos(Instant.ofEpochMilli(retrying.run_at_ms())));
                yield PROGRESS;
            }
            case TaskEvent.Returned returned -> {
                payload.put(STAGE, "returned").put("reason", returned.reason());
                yield PROGRESS;
            }
            case TaskEvent.Restarted restarted -> bare(payload, "restarted");
            case TaskEvent.Deleted deleted -> bare(payload, "deleted");
            case TaskEvent.Unknown unknown -> bare(payload, "unknown");
        };
    }

    /** What the worker's handler wrote, else what every worker says. */
    private static String progress(TaskEvent.Progressed said, ObjectNode payload) {
        payload.put(STAGE, said.stage());
        Facts data = Facts.of(said.data());
        if (data.isEmpty()) {
            payload.put("message", said.message()).put("percentage", said.percentage());
        } else {
            payload.setAll(data.json());
        }
        return PROGRESS;
    }

    private static String finish(TaskEvent.Finished finished, ObjectNode payload) {
        String status = AdminStatus.of(finished.state());
        payload.put("status", status);
        if (finished.error().isEmpty()) {
            payload.putNull("error");
        } else {
            payload.put("error", finished.error());
        }
        payload.put("timed_out", finished.timed_out()).put("attempt", finished.attempt());
        payload.put("exit_code", finished.exit_code()).put("duration_ms", finished.duration_ms());
        return status.equals("canceled") ? "task.canceled" : "task.completed";
    }

    private static String bare(ObjectNode payload, String stage) {
        payload.put(STAGE, stage);
        return PROGRESS;
    }
}
