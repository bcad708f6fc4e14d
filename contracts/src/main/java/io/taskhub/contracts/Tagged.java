package io.taskhub.contracts;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One of several forms, as the plan schema writes it: {@code "Name"} or {@code {"Name": value}}. */
record Tagged(String name, @Nullable Object value) {

    /** @throws IllegalArgumentException when it is neither */
    static Tagged of(@Nullable Object json, String what) {
        return switch (json) {
            case String name -> new Tagged(name, null);
            case Map<?, ?> map
            when map.size() == 1 -> {
                Map.Entry<?, ?> only = map.entrySet().iterator().next();
                yield new Tagged(String.valueOf(only.getKey()), only.getValue());
            }
            case null, default -> throw new IllegalArgumentException(what + " must be an object with one name");
        };
    }

    static Map<String, Object> json(String name, Object value) {
        return Map.of(name, value);
    }

    /** An object in the order of its names and values; null values are left out. */
    static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                object.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return object;
    }

    String text() {
        return text(value, name);
    }

    /** A field of the value that must be a text. */
    String text(String field) {
        return text(field(field), name + "." + field);
    }

    @Nullable
    Object field(String field) {
        if (value instanceof Map<?, ?> map) {
            return map.get(field);
        }
        throw new IllegalArgumentException(name + " must hold an object");
    }

    boolean flag(String field) {
        return Boolean.TRUE.equals(field(field));
    }

    long number() {
        if (value instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalArgumentException(name + " must hold a number");
    }

    IllegalArgumentException unknown(String what) {
        return new IllegalArgumentException("unknown " + what + ": " + name);
    }

    private static String text(@Nullable Object value, String what) {
        if (value instanceof String text) {
            return text;
        }
        throw new IllegalArgumentException(what + " must be a text");
    }
}
