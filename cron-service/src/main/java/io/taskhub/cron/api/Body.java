package io.taskhub.cron.api;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request's JSON object, read field by field so that each mistake gets the contract's message. */
public final class Body {
    private static final ObjectReader OBJECT = new ObjectMapper()
            .readerFor(new TypeReference<Map<String, Object>>() {})
            .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    /** Of a request (decisions §1). */
    public static final int LARGEST = 1 << 20;

    /** Of one that may hold a whole DAG. */
    public static final int LARGEST_WITH_DAG = 8 << 20;

    private static final int TOO_LARGE = 413;
    private static final int BAD = 400;

    private final Map<String, Object> fields;

    private Body(Map<String, Object> fields) {
        this.fields = fields;
    }

    public static Body of(byte[] json) {
        return of(json, LARGEST);
    }

    public static Body of(byte[] json, int largest) {
        if (json.length > largest) {
            throw new RequestRefusedException(TOO_LARGE, "body too large");
        }
        try {
            Map<String, Object> fields = OBJECT.readValue(json);
            if (fields != null && storable(fields)) {
                return new Body(fields);
            }
        } catch (IOException | NumberFormatException e) {
            throw new RequestRefusedException(BAD, "invalid json");
        }
        throw new RequestRefusedException(BAD, "invalid json");
    }

    /** Neither the database nor the engine can hold a NUL or half of a surrogate pair. */
    private static boolean storable(@Nullable Object value) {
        return switch (value) {
            case String text -> text.codePoints().noneMatch(c -> c == 0 || (c >= 0xD800 && c <= 0xDFFF));
            case List<?> list -> list.stream().allMatch(Body::storable);
            case Map<?, ?> map ->
                map.entrySet().stream().allMatch(entry -> storable(entry.getKey()) && storable(entry.getValue()));
            case null, default -> true;
        };
    }

    public Map<String, Object> fields() {
        return fields;
    }

    /** A string, a number's text, or "" when absent. */
    public String text(String name) {
        return switch (fields.get(name)) {
            case null -> "";
            case String text -> text.strip();
            case Number number -> number.toString();
            default -> throw new RequestRefusedException(BAD, name + " must be a string");
        };
    }

    public int integer(String name, int absent) {
        String text = text(name);
        if (text.isEmpty()) {
            return absent;
        }
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RequestRefusedException(BAD, name + " must be an integer");
        }
    }

    public List<String> texts(String name) {
        return switch (fields.get(name)) {
            case null -> List.of();
            case List<?> list
            when list.stream().allMatch(String.class::isInstance) ->
                list.stream().map(String::valueOf).distinct().toList();
            default -> throw new RequestRefusedException(BAD, name + " must be an array of strings");
        };
    }
}
