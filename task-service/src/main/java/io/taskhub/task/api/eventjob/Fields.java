package io.taskhub.task.api.eventjob;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import org.jspecify.annotations.Nullable;

/** The fields of a body, which stand flat in it or below {@code parameters} (decisions §5). JSON null counts as absent. */
record Fields(ObjectNode body) {
    private static final String NESTED = "parameters";

    /** @throws Failure.Thrown INVALID_REQUEST when it is no object */
    static Fields of(JsonNode node) {
        if (node instanceof ObjectNode object) {
            return new Fields(object);
        }
        throw invalid("must be an object");
    }

    @Nullable
    JsonNode value(String field) {
        JsonNode nested = body.path(NESTED).path(field);
        JsonNode value = nested.isMissingNode() || nested.isNull() ? body.path(field) : nested;
        return value.isMissingNode() || value.isNull() ? null : value;
    }

    /** On one line, without blanks around it; {@code absent} when there is nothing. */
    String text(String field, int maxLength, String absent) {
        JsonNode value = value(field);
        if (value == null) {
            return absent;
        }
        if (!value.isTextual()) {
            throw invalid(field + " must be a string");
        }
        String text = value.textValue().strip().replaceAll("\\s+", " ");
        if (text.length() > maxLength) {
            throw invalid(field + " has more than " + maxLength + " characters");
        }
        if (!JsonBody.storable(text) || text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field + " holds a character that is not allowed");
        }
        return text.isEmpty() ? absent : text;
    }

    String required(String field, int maxLength) {
        String text = text(field, maxLength, "");
        if (text.isEmpty()) {
            throw invalid(field + " is required");
        }
        return text;
    }

    static Failure.Thrown invalid(String message) {
        return new Failure.Thrown(Failure.Kind.INVALID_REQUEST, message);
    }
}
