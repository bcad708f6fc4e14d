package io.taskhub.task.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Priority;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Task;
import io.taskhub.task.api.CanonicalJson;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.Rfc3339;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/v1/tasks} and of each item of a batch. Additive: {@code priority} (a name or −1 to 2),
 * {@code retry_policy} {initial, multiplier, max, jitter}.
 */
final class CreateRequest {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(30);
    private static final int DEFAULT_MAX_RETRIES = 3;
    private static final int MAX_RETRIES = 1_000;

    private final Fields fields;

    private CreateRequest(ObjectNode body) {
        this.fields = new Fields(body);
    }

    /**
     * @param known whether a task type can be run
     * @throws V1Error INVALID_REQUEST, INVALID_TASK_TYPE, INVALID_PAYLOAD, INVALID_TIMEOUT, INVALID_PROCESS_AT, INVALID_UNIQUE
     */
    static NewTask parse(JsonNode body, Predicate<String> known, String caller) {
        if (!(body instanceof ObjectNode object)) {
            throw V1Error.invalid("a task must be an object");
        }
        return new CreateRequest(object).task(known, caller);
    }

    private NewTask task(Predicate<String> known, String caller) {
        String type = type(known);
        ObjectNode payload = payload();
        String payloadText = storable("INVALID_PAYLOAD", "payload", payload);
        String queue = Queues.name(fields.text("queue"));
        ObjectNode metadata = fields.object("metadata");
        int retries = fields.integer("max_retries", DEFAULT_MAX_RETRIES, 0, MAX_RETRIES);
        return new NewTask(
                null,
                Origin.V1,
                type,
                queue,
                priority(),
                List.of(),
                processAt(),
                new NewTask.Limits(retries + 1, retryPolicy(), timeout(), false),
                new Task.Description(
                        type,
                        0,
                        payloadText,
                        payloadText,
                        metadata == null ? "{}" : storable("INVALID_REQUEST", "metadata", metadata),
                        caller),
                Task.Link.NONE,
                unique(queue, type, payload),
                null);
    }

    private String type(Predicate<String> known) {
        String type = fields.text("type");
        if (type == null) {
            throw V1Error.invalid("type is required");
        }
        if (!known.test(type)) {
            throw new V1Error(400, "INVALID_TASK_TYPE", "unknown task type: " + type);
        }
        return type;
    }

    private ObjectNode payload() {
        if (fields.body().get("payload") instanceof ObjectNode payload) {
            return payload;
        }
        throw new V1Error(400, "INVALID_PAYLOAD", "payload must be an object");
    }

    private static String storable(String code, String field, ObjectNode value) {
        String text = JsonBody.write(value);
        if (!JsonBody.storable(text)) {
            throw new V1Error(400, code, field + " holds half of a character");
        }
        return text;
    }

    private int priority() {
        JsonNode value = fields.present("priority");
        if (value == null) {
            return Priority.NORMAL.level();
        }
        if (!value.isTextual() && !value.isIntegralNumber()) {
            throw V1Error.invalid("priority must be a name or a number from -1 to 2");
        }
        return Priority.parse(value.asText())
                .orElseThrow(() -> V1Error.invalid("priority must be a name or a number from -1 to 2"))
                .level();
    }

    private @Nullable Instant processAt() {
        String text = fields.text("process_at");
        return text == null
                ? null
                : Rfc3339.parse(text)
                        .orElseThrow(() -> new V1Error(
                                400, "INVALID_PROCESS_AT", "process_at must be an RFC 3339 time, not " + text));
    }

    /** Zero stands for the default, as in the library that clients know; whole milliseconds, so a short one is not none. */
    private Duration timeout() {
        String text = fields.text("timeout");
        if (text == null) {
            return DEFAULT_TIMEOUT;
        }
        Duration timeout = GoDuration.parse(text)
                .orElseThrow(() -> new V1Error(
                        400, "INVALID_TIMEOUT", "timeout must be a duration such as 30s or 1h30m, not " + text));
        return timeout.isZero()
                ? DEFAULT_TIMEOUT
                : Duration.ofMillis(timeout.plusNanos(999_999).toMillis());
    }

    private NewTask.@Nullable Unique unique(String queue, String type, ObjectNode payload) {
        String text = fields.text("unique");
        if (text == null) {
            return null;
        }
        Duration window = GoDuration.parse(text)
                .filter(duration -> !duration.isZero())
                .orElseThrow(() -> new V1Error(
                        400, "INVALID_UNIQUE", "unique must be a duration such as 1h, longer than 0, not " + text));
        return new NewTask.Unique.WhileOpen(CanonicalJson.sha256(payload, queue, type), window);
    }

    private RetryPolicy retryPolicy() {
        ObjectNode policy = fields.object("retry_policy");
        return policy == null ? new RetryPolicy.Quartic() : RetryPolicyField.parse(new Fields(policy));
    }
}
