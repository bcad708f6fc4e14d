package io.taskhub.realtime.v1;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** v1's error body (tasks-v1.md, "Error Response Format"). */
record V1Error(int status, String code, String error, Map<String, Object> details) {

    static V1Error invalid(String error) {
        return new V1Error(400, "INVALID_REQUEST", error, Map.of());
    }

    static V1Error unauthorized() {
        return new V1Error(401, "UNAUTHORIZED", "authentication required", Map.of());
    }

    static V1Error forbidden() {
        return new V1Error(403, "FORBIDDEN", "role viewer required", Map.of());
    }

    static V1Error unknownTask(String message) {
        return new V1Error(404, "TASK_NOT_FOUND", message, Map.of());
    }

    static V1Error unavailable() {
        return new V1Error(503, "SERVICE_UNAVAILABLE", "progress cannot be read now", Map.of());
    }

    void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == 503) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(new JsonObject()
                        .put("error", error)
                        .put("code", code)
                        .put("details", new JsonObject(details))
                        .toBuffer());
    }
}
