package io.taskhub.dag.api;

import org.jspecify.annotations.Nullable;

/** A reply of TaskHub's; {@code code} 0 is success. */
public record Envelope(int code, String message, @Nullable Object data) {

    public static Envelope ok(@Nullable Object data) {
        return new Envelope(0, "ok", data);
    }

    public static Envelope error(int code, String message) {
        return new Envelope(code, message, null);
    }
}
