package io.taskhub.task.api.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.task.api.JsonBody;
import org.jspecify.annotations.Nullable;

/** A body's fields with their types checked: a wrong one is INVALID_REQUEST. JSON null counts as absent. */
record Fields(ObjectNode body) {

    /** Null when absent or empty, as Go's zero value is. */
    @Nullable
    String text(String field) {
        JsonNode value = present(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw V1Error.invalid(field + " must be a string");
        }
        if (!JsonBody.storable(value.textValue())) {
            throw V1Error.invalid(field + " holds a character that is none");
        }
        return value.textValue().isEmpty() ? null : value.textValue();
    }

    int integer(String field, int absent, int min, int max) {
        JsonNode value = present(field);
        if (value == null) {
            return absent;
        }
        if (!value.isIntegralNumber() || !value.canConvertToInt() || value.intValue() < min || value.intValue() > max) {
            throw V1Error.invalid(field + " must be an integer from " + min + " to " + max);
        }
        return value.intValue();
    }

    double number(String field, double absent, double min, double max) {
        JsonNode value = present(field);
        if (value == null) {
            return absent;
        }
        if (!value.isNumber() || !(value.doubleValue() >= min) || !(value.doubleValue() <= max)) {
            throw V1Error.invalid(field + " must be a number from " + min + " to " + max);
        }
        return value.doubleValue();
    }

    @Nullable
    ObjectNode object(String field) {
        return switch (present(field)) {
            case null -> null;
            case ObjectNode object -> object;
            default -> throw V1Error.invalid(field + " must be an object");
        };
    }

    @Nullable
    JsonNode present(String field) {
        JsonNode value = body.get(field);
        return value == null || value.isNull() ? null : value;
    }
}
