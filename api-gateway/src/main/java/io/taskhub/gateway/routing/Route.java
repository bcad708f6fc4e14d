package io.taskhub.gateway.routing;

import io.taskhub.gateway.dialect.Dialect;
import java.time.Duration;
import java.util.Set;

/**
 * One row of the routing table.
 *
 * @param path literal segments, {@code {name}} for one segment, {@code tsk_{name}} for one that begins so, {@code **} for the rest
 * @param methods upper-case HTTP methods; GET brings HEAD with it
 * @param service who answers, {@link #OWN} for the gateway itself
 * @param dialect the gateway's error bodies on this path
 * @param access who may call
 * @param kind how the answer comes
 * @param maxBody bytes of a request body, beyond them 413
 * @param timeout longest silence of the service
 */
public record Route(
        String path,
        Set<String> methods,
        String service,
        Dialect dialect,
        Access access,
        Kind kind,
        int maxBody,
        Duration timeout) {
    /** The service name of rows that the gateway answers. */
    public static final String OWN = "gateway";

    public Route {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a route begins with a slash: " + path);
        }
        if (methods.isEmpty()) {
            throw new IllegalArgumentException("a route without methods: " + path);
        }
        methods = Set.copyOf(methods);
    }

    boolean serves(String method) {
        return methods.contains(method) || (method.equals("HEAD") && methods.contains("GET"));
    }

    public boolean isOwn() {
        return service.equals(OWN);
    }
}
