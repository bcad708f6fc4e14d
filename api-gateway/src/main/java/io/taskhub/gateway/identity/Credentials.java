package io.taskhub.gateway.identity;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a request brings along to say who sent it.
 *
 * @param value the secret itself; never logged
 */
public record Credentials(Kind kind, String value) {
    /** The cookie of a browser's session. */
    public static final String COOKIE = "taskhub_session";

    private static final String BEARER = "bearer ";
    private static final int MAX_LENGTH = 8 * 1024;

    /** The ways to bring them. */
    public enum Kind {
        JWT,
        API_KEY,
        SESSION,
        /** Something that nobody here understands, such as Basic. */
        UNKNOWN
    }

    /** The request's credentials: a header wins over a cookie. Null when it has none. */
    public static @Nullable Credentials of(HttpServerRequest request) {
        String authorization = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (authorization != null) {
            return ofHeader(authorization);
        }
        String key = request.getHeader("X-Secretary-Api-Key");
        if (key != null) {
            return new Credentials(Kind.API_KEY, key.strip());
        }
        if (request.headers().contains(HttpHeaders.COOKIE)) {
            Cookie cookie = request.getCookie(COOKIE);
            if (cookie != null) {
                return new Credentials(Kind.SESSION, cookie.getValue());
            }
        }
        return null;
    }

    private static Credentials ofHeader(String authorization) {
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length()) || authorization.length() > MAX_LENGTH) {
            return new Credentials(Kind.UNKNOWN, "");
        }
        String value = authorization.substring(BEARER.length()).strip();
        boolean dotted = value.indexOf('.') >= 0;
        return new Credentials(dotted ? Kind.JWT : Kind.API_KEY, value);
    }

    @Override
    public String toString() {
        return "Credentials[" + kind + "]";
    }
}
