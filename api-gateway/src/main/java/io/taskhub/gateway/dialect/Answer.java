package io.taskhub.gateway.dialect;

import io.taskhub.gateway.dialect.Refusal.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** Writes a refusal. */
public final class Answer {
    private Answer() {}

    /** Ends the response with this refusal, unless it has ended or begun already. Extra headers are set by the caller before. */
    public static void refuse(HttpServerResponse response, Dialect dialect, Refusal refusal, String requestId) {
        if (response.ended() || response.headWritten()) {
            return;
        }
        if (refusal.reason() == Reason.SERVICE_UNAVAILABLE
                && !response.headers().contains(HttpHeaders.RETRY_AFTER)) {
            response.putHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setStatusCode(refusal.status())
                .putHeader(HttpHeaders.CONTENT_TYPE, dialect.contentType())
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("X-Request-Id", requestId)
                .end(dialect.body(refusal));
    }
}
