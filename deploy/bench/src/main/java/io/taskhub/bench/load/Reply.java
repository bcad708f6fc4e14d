package io.taskhub.bench.load;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An HTTP answer. */
public record Reply(int status, Buffer body) {
    private static final int OK = 200;
    private static final int FIRST_NOT_OK = 300;

    public JsonObject object() {
        return body.toJsonObject();
    }

    public JsonArray array() {
        return body.toJsonArray();
    }

    /** What is wrong with it, in few words so that equal ones can be counted; null when it is 2xx. */
    public @Nullable String complaint() {
        return status >= OK && status < FIRST_NOT_OK ? null : "HTTP " + status;
    }

    /** Itself when it is 2xx. @throws IllegalStateException with status and body otherwise */
    public Reply orThrow(String call) {
        if (complaint() != null) {
            String text = body.toString();
            throw new IllegalStateException(
                    call + " answered HTTP " + status + ": " + text.substring(0, Math.min(text.length(), 300)));
        }
        return this;
    }
}
