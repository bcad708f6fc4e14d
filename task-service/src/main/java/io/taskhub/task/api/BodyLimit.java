package io.taskhub.task.api;

import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Bodies that are held in memory before they are parsed end here, above the largest that {@link JsonBody} takes and says so about. Files
 * pass: they are as large as the whole service allows, and nobody holds them.
 */
@Singleton
class BodyLimit {
    private static final String FILES = "/internal/artifacts/";
    private static final long BYTES = 12L << 20;

    /** Just after the service's own limit, which it replaces. */
    private static final int PRIORITY = 1;

    void register(@Observes Filters filters) {
        filters.register(BodyLimit::limit, PRIORITY);
    }

    private static void limit(RoutingContext context) {
        if (!context.normalizedPath().startsWith(FILES)) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, BYTES);
            if (announced(context.request()) > BYTES) {
                context.response()
                        .setStatusCode(Failure.Kind.REQUEST_TOO_LARGE.status())
                        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
                        .end();
                return;
            }
        }
        context.next();
    }

    /** A length that is no number is refused before it comes here. */
    private static long announced(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return length == null ? 0 : Long.parseLong(length);
    }
}
