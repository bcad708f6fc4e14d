package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/** Every reply of the dialect. {@code code} 0 is success; {@code next_cursor} is only in lists that have more. */
public record Envelope(
        int code,
        String message,
        @Nullable Object data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next_cursor) {

    static Envelope ok(@Nullable Object data) {
        return new Envelope(0, "ok", data, null);
    }

    static Envelope page(Object data, @Nullable String nextCursor) {
        return new Envelope(0, "ok", data, nextCursor);
    }

    static Envelope error(int code, String message) {
        return new Envelope(code, message, null, null);
    }
}
