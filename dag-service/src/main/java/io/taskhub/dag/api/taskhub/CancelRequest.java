package io.taskhub.dag.api.taskhub;

import io.taskhub.dag.api.JsonBody;
import org.jspecify.annotations.Nullable;

/** The body of a cancel: {@code {"reason"?}}, or none at all. */
final class CancelRequest {
    private static final int MAX_REASON = 1_000;

    private CancelRequest() {}

    static String reason(byte @Nullable [] body, @Nullable String contentType, String caller) {
        if (body == null || body.length == 0) {
            return "canceled by " + caller;
        }
        Object reason = JsonBody.fields(body, contentType, JsonBody.LIMIT_BYTES)
                .getOrDefault("reason", "canceled by " + caller);
        if (!(reason instanceof String text) || text.length() > MAX_REASON) {
            throw DagError.badBody("reason must be a string of at most " + MAX_REASON + " characters");
        }
        return text;
    }
}
