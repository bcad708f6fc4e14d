package io.taskhub.realtime.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells operators, in the fields in which task-service lists it in the task's detail.
 *
 * @param type one of the contract's event types
 * @param status the task's, once this has happened
 * @param payload what else there is to say
 */
record Telling(String type, String status, ObjectNode payload) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final String PROGRESS = "task.progress";
    private static final String QUEUED = "queued";
    private static final String RUNNING = "running";

    /** Null for what they have no word for. */
    static @Nullable Telling of(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Created created -> {
                String status = status(created.state());
                ObjectNode payload = object().put("task_type", created.type()).put("queue", created.queue());
                yield new Telling("task.created", status, payload.put("status", status));
            }
            case TaskEvent.Started started -> {
                ObjectNode payload = object().put("status", RUNNING).put("worker", started.worker());
                payload.put("attempt", started.attempt()).put("max_attempts", started.max_attempts());
                yield new Telling("task.running", RUNNING, payload);
            }
            case TaskEvent.Progressed said -> new Telling(PROGRESS, RUNNING, payload(said));
            case TaskEvent.CancelRequested asked ->
                new Telling("task.cancel_requested", RUNNING, object().put("reason", asked.reason()));
            case TaskEvent.Retrying again -> {
                ObjectNode payload = stage("retrying").put("error", again.error());
                payload.put("attempt", again.attempt()).put("timed_out", again.timed_out());
                yield new Telling(PROGRESS, QUEUED, payload.put("next_run_at", JobEvent.time(again.run_at_ms())));
            }
            case TaskEvent.Returned back ->
                new Telling(PROGRESS, QUEUED, stage("returned").put("reason", back.reason()));
            case TaskEvent.Restarted _ -> new Telling(PROGRESS, QUEUED, stage("restarted"));
            case TaskEvent.Finished end -> ended(end);
            case TaskEvent.Deleted _, TaskEvent.Unknown _ -> null;
        };
    }

    private static Telling ended(TaskEvent.Finished end) {
        String status = status(end.state());
        ObjectNode payload = object().put("status", status);
        payload.put("error", end.error().isEmpty() ? null : end.error());
        payload.put("timed_out", end.timed_out()).put("attempt", end.attempt());
        payload.put("exit_code", end.exit_code()).put("duration_ms", end.duration_ms());
        return new Telling(end.state() == TaskState.CANCELLED ? "task.canceled" : "task.completed", status, payload);
    }

    private static String status(TaskState state) {
        return switch (state) {
            case SCHEDULED, PENDING, RETRY -> QUEUED;
            case ACTIVE -> RUNNING;
            case COMPLETED -> "succeeded";
            case ARCHIVED -> "failed";
            case CANCELLED -> "canceled";
        };
    }

    /** What the worker's handler wrote, else what every worker says. */
    private static ObjectNode payload(TaskEvent.Progressed said) {
        ObjectNode payload = stage(said.stage());
        try {
            if (said.data() != null && JSON.readTree(said.data()) instanceof ObjectNode data && !data.isEmpty()) {
                return payload.setAll(data);
            }
        } catch (JsonProcessingException | NumberFormatException e) {
            // not for operators
        }
        return payload.put("message", said.message()).put("percentage", said.percentage());
    }

    private static ObjectNode stage(String word) {
        return object().put("stage", word);
    }

    private static ObjectNode object() {
        return JSON.createObjectNode();
    }
}
