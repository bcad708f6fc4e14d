package io.taskhub.task.api.taskcenter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.task.agents.Planned;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/chat}. JSON null counts as absent, unknown fields are ignored.
 *
 * @param byModel null = whichever planner there is
 * @param model instead of the configured one
 * @param metadata the client's own object as JSON
 */
record ChatRequest(
        String prompt,
        @Nullable Boolean byModel,
        @Nullable String model,
        boolean execute,
        boolean headful,
        @Nullable String memoryTemplate,
        String metadata) {
    private static final int LONGEST_PROMPT = 2_000;
    private static final int LONGEST_NAME = 200;

    /** @throws Failure.Thrown INVALID_REQUEST naming the field */
    static ChatRequest parse(ObjectNode body) {
        return new ChatRequest(
                prompt(body),
                planner(body),
                text(body, "model", LONGEST_NAME),
                flag(body, "execute", true),
                flag(body, "headful", false),
                text(body, "memory_template", LONGEST_NAME),
                metadata(body));
    }

    private static String prompt(ObjectNode body) {
        String prompt = text(body, "prompt", LONGEST_PROMPT);
        if (prompt == null) {
            throw invalid("prompt must have 1 to 2,000 characters");
        }
        return prompt;
    }

    private static @Nullable Boolean planner(ObjectNode body) {
        return switch (text(body, "planner", LONGEST_NAME)) {
            case null -> null;
            case Planned.MODEL -> true;
            case Planned.RULES, "rule" -> false;
            default -> throw invalid("planner must be llm or rule-based");
        };
    }

    /** Null when absent or blank. */
    private static @Nullable String text(ObjectNode body, String field, int longest) {
        JsonNode value = present(body, field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw invalid(field + " must be a string");
        }
        String text = value.textValue();
        if (!JsonBody.storable(text)) {
            throw invalid(field + " holds a character that is none");
        }
        if (text.codePointCount(0, text.length()) > longest) {
            throw invalid(String.format(Locale.ROOT, "%s must have at most %,d characters", field, longest));
        }
        return text.isBlank() ? null : text;
    }

    private static boolean flag(ObjectNode body, String field, boolean absent) {
        JsonNode value = present(body, field);
        if (value != null && !value.isBoolean()) {
            throw invalid(field + " must be true or false");
        }
        return value == null ? absent : value.booleanValue();
    }

    private static String metadata(ObjectNode body) {
        JsonNode value = present(body, "metadata");
        if (value != null && !value.isObject()) {
            throw invalid("metadata must be an object");
        }
        String text = value == null ? "{}" : JsonBody.write(value);
        if (!JsonBody.storable(text)) {
            throw invalid("metadata holds a character that is none");
        }
        return text;
    }

    private static @Nullable JsonNode present(ObjectNode body, String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value;
    }

    private static Failure.Thrown invalid(String message) {
        return new Failure.Thrown(Failure.Kind.INVALID_REQUEST, message);
    }
}
