package io.taskhub.gateway.guard;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A browser sends the session cookie whoever wrote the page. A request that changes something, and a WebSocket, which SameSite does
 * not cover everywhere, must therefore come from our own origin.
 */
public final class SameOrigin {
    private SameOrigin() {}

    /** Whether a request that is carried by a cookie may pass. */
    public static boolean admits(HttpServerRequest request, boolean upgrade) {
        HttpMethod method = request.method();
        boolean safe = !upgrade && (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD));
        return safe
                || isOurs(
                        request.getHeader(HttpHeaders.ORIGIN),
                        request.getHeader("Sec-Fetch-Site"),
                        request.getHeader(HttpHeaders.HOST));
    }

    static boolean isOurs(@Nullable String origin, @Nullable String site, @Nullable String host) {
        if (origin == null) {
            return "same-origin".equals(site);
        }
        if (host == null) {
            return false;
        }
        try {
            String authority = URI.create(origin).getAuthority();
            return host.equalsIgnoreCase(authority);
        } catch (IllegalArgumentException opaque) {
            return false;
        }
    }
}
