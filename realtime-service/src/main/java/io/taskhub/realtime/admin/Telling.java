package io.taskhub.realtime.admin;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.TaskEvent;
import org.jspecify.annotations.Nullable;

/**
 * What an event tells operators.
 *
 * @param type one of the contract's event types
 * @param status the task's, once this has happened
 * @param payload what else there is to say
 */
record Telling(String type, String status, ObjectNode payload) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROGRESS = "task.progress";
    private static final String QUEUED = "queued";
    private static final String RUNNING = "running";

    /** Null for what they have no word for. */
    static @Nullable Telling of(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Created _ -> new Telling("task.created", QUEUED, object());
            case TaskEvent.Started started ->
                new Telling("task.running", RUNNING, object().put("attempt", started.attempt()));
            case TaskEvent.Progressed said -> new Telling(PROGRESS, RUNNING, payload(said));
            case TaskEvent.CancelRequested asked ->
                new Telling("task.cancel_requested", RUNNING, object().put("reason", asked.reason()));
            case TaskEvent.Retrying again ->
                new Telling(
                        PROGRESS,
                        QUEUED,
                        stage("retrying").put("attempt", again.attempt()).put("error", again.error()));
            case TaskEvent.Returned back ->
                new Telling(PROGRESS, QUEUED, stage("returned").put("reason", back.reason()));
            case TaskEvent.Restarted _ -> new Telling(PROGRESS, QUEUED, stage("restarted"));
            case TaskEvent.Finished end -> ended(end);
            case TaskEvent.Deleted _, TaskEvent.Unknown _ -> null;
        };
    }

    private static Telling ended(TaskEvent.Finished end) {
        ObjectNode payload = object().put("error", end.error().isEmpty() ? null : end.error());
        return switch (end.state()) {
            case COMPLETED -> new Telling("task.completed", "succeeded", payload);
            case CANCELLED -> new Telling("task.canceled", "canceled", payload);
            case ARCHIVED, SCHEDULED, PENDING, ACTIVE, RETRY -> new Telling("task.completed", "failed", payload);
        };
    }

    /** What the worker's handler wrote, else what every worker says. */
    private static ObjectNode payload(TaskEvent.Progressed said) {
        ObjectNode payload = stage(said.stage());
        try {
            if (said.data() != null && JSON.readTree(said.data()) instanceof ObjectNode data) {
                return payload.setAll(data);
            }
        } catch (JsonProcessingException e) {
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
