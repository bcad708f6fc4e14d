package io.taskhub.task.api.admin.diagnostics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that somebody else wrote, read with good will: a field that is missing or of another kind is absent, an integer may
 * be written as text and an id as a number.
 */
public record Facts(ObjectNode json) {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();
    private static final int LONGEST_INTEGER = 18;

    /** Empty when the text is absent, no JSON or not an object. */
    public static Facts of(@Nullable String text) {
        try {
            if (text != null && MAPPER.readTree(text) instanceof ObjectNode object) {
                return new Facts(object);
            }
        } catch (JsonProcessingException e) {
            // Nothing is known from it.
        }
        return new Facts(JsonNodeFactory.instance.objectNode());
    }

    public boolean isEmpty() {
        return json.isEmpty();
    }

    public @Nullable Long integer(String field) {
        JsonNode value = json.path(field);
        if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        }
        return value.isTextual() ? parsed(value.textValue().strip()) : null;
    }

    /** The integer, never below 0, or what stands in for it. */
    long count(String field, long otherwise) {
        Long value = integer(field);
        return value == null ? otherwise : Math.max(0, value);
    }

    @Nullable
    String text(String field) {
        return scalar(json.path(field));
    }

    @Nullable
    Boolean flag(String field) {
        JsonNode value = json.path(field);
        return value.isBoolean() ? (Boolean) value.booleanValue() : null;
    }

    /** A number, however it is written, else the text. */
    @Nullable
    UserId user(String field) {
        Long number = integer(field);
        String text = text(field);
        if (number != null) {
            return new UserId(number);
        }
        return text == null ? null : new UserId(text);
    }

    /** The texts and numbers of an array, each once. */
    List<String> ids(String field) {
        List<String> ids = new ArrayList<>();
        for (JsonNode item : json.path(field)) {
            String id = scalar(item);
            if (id != null) {
                ids.add(id);
            }
        }
        return ids.stream().distinct().toList();
    }

    boolean hasAny(List<String> fields) {
        return fields.stream().anyMatch(field -> integer(field) != null);
    }

    private static @Nullable String scalar(JsonNode value) {
        boolean said =
                value.isNumber() || (value.isTextual() && !value.textValue().isBlank());
        return said ? value.asText() : null;
    }

    private static @Nullable Long parsed(String text) {
        return text.length() <= LONGEST_INTEGER && text.matches("-?\\d+") ? (Long) Long.parseLong(text) : null;
    }
}
