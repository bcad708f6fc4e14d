package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.Origin;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Task;
import io.taskhub.task.api.JsonBody;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/tasks} (decisions §3): {@code params.cmd} runs as a shell command, {@code params.timeout_sec}
 * (0 = none, terminal) and {@code params.max_retries} (0 = none, after 1, 2, 4 … s) set those fields. Without {@code cmd} the
 * task is born failed.
 */
final class CreateTask {
    static final String NO_COMMAND = "missing cmd in params";

    private static final String TYPE = "shell";
    private static final String QUEUE = "default";
    private static final int MAX_RETRIES = 1_000;
    private static final int MAX_TIMEOUT_SEC = 365 * 24 * 3600;

    private CreateTask() {}

    /** @throws TaskHubError 1001 or 1002 */
    static NewTask parse(ObjectNode body, String caller) {
        String name = name(body.get("name"));
        int kind = integer(body, "type", Integer.MIN_VALUE, Integer.MAX_VALUE);
        ObjectNode params = params(body.get("params"));
        int timeout = integer(params, "timeout_sec", 0, MAX_TIMEOUT_SEC);
        int retries = integer(params, "max_retries", 0, MAX_RETRIES);
        String command = command(params.get("cmd"));
        boolean runnable = !command.isBlank();
        String shown = JsonBody.write(params);
        if (!JsonBody.storable(shown)) {
            throw TaskHubError.badBody("params hold half of a character");
        }
        return new NewTask(
                null,
                Origin.TASKHUB,
                TYPE,
                QUEUE,
                0,
                List.of(),
                null,
                new NewTask.Limits(
                        retries + 1, RetryPolicy.Exponential.DOUBLING_SECONDS, Duration.ofSeconds(timeout), true),
                new Task.Description(name, kind, runnable ? payload(command) : "{}", shown, "{}", caller),
                Task.Link.NONE,
                null,
                runnable ? null : new NewTask.Born.Failed(NO_COMMAND));
    }

    private static String payload(String command) {
        return JsonBody.write(JsonNodeFactory.instance.objectNode().put("command", command));
    }

    private static String name(@Nullable JsonNode name) {
        if (name == null || name.isNull()) {
            throw new TaskHubError(400, TaskHubError.MISSING_NAME, "missing name");
        }
        if (!name.isTextual()) {
            throw TaskHubError.badBody("name must be a string");
        }
        if (name.textValue().isBlank()) {
            throw new TaskHubError(400, TaskHubError.MISSING_NAME, "missing name");
        }
        if (!JsonBody.storable(name.textValue())) {
            throw TaskHubError.badBody("name holds a character that is none");
        }
        return name.textValue();
    }

    private static int integer(ObjectNode object, String field, int min, int max) {
        JsonNode value = object.get(field);
        if (value == null || value.isNull()) {
            return 0;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw TaskHubError.badBody(field + " must be an integer" + (min < 0 ? "" : " from " + min + " to " + max));
        }
        return value.intValue();
    }

    private static ObjectNode params(@Nullable JsonNode params) {
        return switch (params) {
            case null -> JsonNodeFactory.instance.objectNode();
            case ObjectNode object -> object;
            case JsonNode other when other.isNull() -> JsonNodeFactory.instance.objectNode();
            default -> throw TaskHubError.badBody("params must be an object");
        };
    }

    private static String command(@Nullable JsonNode cmd) {
        if (cmd == null || cmd.isNull()) {
            return "";
        }
        if (!cmd.isTextual()) {
            throw TaskHubError.badBody("params.cmd must be a string");
        }
        return cmd.textValue();
    }
}
