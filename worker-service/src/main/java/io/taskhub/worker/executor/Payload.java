package io.taskhub.worker.executor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A task's payload, parsed when first looked at: an executor that needs none pays for none. */
public final class Payload {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectReader OBJECT = JSON.readerFor(new TypeReference<Map<String, Object>>() {});

    private final String text;
    private @Nullable Map<String, Object> values;

    private Payload(String text, @Nullable Map<String, Object> values) {
        this.text = text;
        this.values = values;
    }

    public static Payload of(String json) {
        return new Payload(json, null);
    }

    public static Payload of(Map<String, Object> values) {
        return new Payload("", values);
    }

    public Map<String, Object> values() {
        Map<String, Object> parsed = values;
        if (parsed == null) {
            try {
                parsed = text.isBlank() ? Map.of() : OBJECT.readValue(text);
            } catch (JsonProcessingException e) {
                throw new InvalidPayloadException("payload is not a JSON object");
            }
            values = parsed == null ? Map.of() : parsed;
        }
        return parsed == null ? Map.of() : parsed;
    }

    public boolean has(String name) {
        return values().get(name) != null;
    }

    /** A string, or the JSON text of what is there instead. */
    public String text(String name, String absent) {
        return switch (values().get(name)) {
            case null -> absent;
            case String string -> string;
            case Object other -> json(other);
        };
    }

    /** A number, or a string that is one. */
    public BigDecimal number(String name) {
        String found = text(name, "").strip();
        try {
            return new BigDecimal(found);
        } catch (NumberFormatException e) {
            throw new InvalidPayloadException(found.isEmpty() ? "missing " + name : name + " must be a number");
        }
    }

    public long integer(String name, long absent) {
        if (!has(name)) {
            return absent;
        }
        try {
            return number(name).longValueExact();
        } catch (ArithmeticException e) {
            throw new InvalidPayloadException(name + " must be an integer");
        }
    }

    /** An object inside, empty when absent; one that was stringified is read back. */
    public Payload object(String name) {
        return switch (values().get(name)) {
            case null -> of(Map.of());
            case Map<?, ?> map -> of(named(map));
            case String string when string.isBlank() -> of(Map.of());
            case String string -> of(string);
            default -> throw new InvalidPayloadException(name + " must be an object");
        };
    }

    public List<String> texts(String name) {
        return switch (values().get(name)) {
            case null -> List.of();
            case List<?> list -> list.stream().map(String::valueOf).toList();
            default -> throw new InvalidPayloadException(name + " must be an array");
        };
    }

    /** JSON text of parsed JSON. */
    public static String json(@Nullable Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("parsed JSON is always writable", e);
        }
    }

    private static Map<String, Object> named(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(String.valueOf(key), value));
        return copy;
    }
}
