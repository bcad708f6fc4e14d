package io.taskhub.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** TaskHub's envelope: every answer is {@code {"code","message","data"}}, {@code data} may be null but is there. */
@JsonInclude(JsonInclude.Include.ALWAYS)
record Envelope<T>(int code, String message, @Nullable T data) {
    static <T> Envelope<T> ok(T data) {
        return new Envelope<>(0, "ok", data);
    }

    static Envelope<Object> done() {
        return new Envelope<>(0, "ok", null);
    }

    static Envelope<Object> error(int code, String message) {
        return new Envelope<>(code, message, null);
    }
}
