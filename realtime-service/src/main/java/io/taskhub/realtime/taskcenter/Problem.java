package io.taskhub.realtime.taskcenter;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** RFC 9457 with a stable {@code code} (decisions §1). */
record Problem(int status, String title, String code, String detail) {
    private static final int UNAVAILABLE = 503;

    static Problem invalid(String detail) {
        return new Problem(400, "Bad request", "bad_request", detail);
    }

    static Problem unauthorized() {
        return new Problem(401, "Unauthorized", "unauthorized", "authentication required");
    }

    static Problem forbidden() {
        return new Problem(403, "Forbidden", "forbidden", "this needs the role viewer");
    }

    static Problem unknownTask(String task) {
        return new Problem(404, "Not found", "not_found", "no such task: " + task);
    }

    static Problem unavailable() {
        return new Problem(
                UNAVAILABLE, "Service unavailable", "service_unavailable", "the task's history cannot be read now");
    }

    void send(HttpServerResponse response) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (status == UNAVAILABLE) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(new JsonObject()
                        .put("type", "about:blank")
                        .put("title", title)
                        .put("status", status)
                        .put("detail", detail)
                        .put("code", code)
                        .toBuffer());
    }
}
