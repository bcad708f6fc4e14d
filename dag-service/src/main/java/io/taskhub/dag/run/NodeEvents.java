package io.taskhub.dag.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.TaskState;
import io.taskhub.dag.NodeStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The engine's words about a task in those that clients know of a node (decisions §3, "DAG events"). */
final class NodeEvents {
    private static final Set<String> REMOTE = Set.of("remote_dispatch", "remote_failed");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private NodeEvents() {}

    static Map<String, Object> started(TaskEvent.Started event) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("attempt", event.attempt());
        extra.put("status", NodeStatus.RUNNING.code());
        extra.put("max_attempts", event.max_attempts());
        extra.put("worker", event.worker());
        return extra;
    }

    static Map<String, Object> retrying(TaskEvent.Retrying event) {
        NodeStatus status = event.timed_out() ? NodeStatus.TIMEOUT : NodeStatus.FAILED;
        return ended(status, event.attempt(), event.exit_code(), event.duration_ms(), event.error());
    }

    static Map<String, Object> finished(TaskEvent.Finished event) {
        return ended(status(event), event.attempt(), event.exit_code(), event.duration_ms(), event.error());
    }

    static Map<String, Object> ended(NodeStatus status, int attempt, NodeRow.Left left) {
        return ended(status, attempt, left.exitCode(), left.durationMs(), left.message());
    }

    private static Map<String, Object> ended(
            NodeStatus status, int attempt, int exitCode, long durationMs, String message) {
        Map<String, Object> extra = new LinkedHashMap<>();
        extra.put("attempt", attempt);
        extra.put("status", status.code());
        extra.put("exit_code", exitCode);
        extra.put("duration_ms", durationMs);
        extra.put("message", message);
        return extra;
    }

    static NodeStatus status(TaskEvent.Finished event) {
        return switch (event.state()) {
            case COMPLETED -> NodeStatus.SUCCESS;
            case CANCELLED -> NodeStatus.CANCELED;
            case ARCHIVED, SCHEDULED, PENDING, ACTIVE, RETRY ->
                event.timed_out() ? NodeStatus.TIMEOUT : NodeStatus.FAILED;
        };
    }

    /** @param outcome null when the task was deleted before anybody could ask */
    static NodeRow.Left left(TaskEvent.Finished event, @Nullable TaskOutcome outcome) {
        int exitCode = event.state() == TaskState.CANCELLED || event.timed_out() ? -1 : event.exit_code();
        if (outcome == null) {
            return new NodeRow.Left(exitCode, event.duration_ms(), event.error(), "", "", "{}");
        }
        return new NodeRow.Left(
                exitCode,
                event.duration_ms(),
                outcome.message(),
                outcome.stdout(),
                outcome.stderr(),
                metadata(outcome));
    }

    private static String metadata(TaskOutcome outcome) {
        ObjectNode metadata =
                JSON.createObjectNode().put("engine_id", outcome.task().toString());
        if (outcome.data() != null) {
            metadata.putRawValue("data", new com.fasterxml.jackson.databind.util.RawValue(outcome.data()));
        }
        return metadata.toString();
    }

    static boolean isRemote(TaskEvent.Progressed event) {
        return REMOTE.contains(event.stage());
    }

    static Map<String, Object> remote(TaskEvent.Progressed event) {
        try {
            return event.data() == null ? Map.of() : JSON.readValue(event.data(), OBJECT);
        } catch (JsonProcessingException e) {
            return Map.of("message", event.message());
        }
    }
}
