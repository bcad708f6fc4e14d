package io.taskhub.gateway.proxy;

import io.taskhub.gateway.GatewayConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Which headers cross the gateway, in which form. Identity comes from the gateway alone, whatever the caller sent. */
@ApplicationScoped
public class HeaderRules {
    /** Header of the id that joins a request, its answer and its traces. */
    public static final String REQUEST_ID = "X-Request-Id";

    private static final List<String> HOP_BY_HOP = List.of(
            "connection",
            "keep-alive",
            "proxy-authenticate",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "upgrade");
    private static final List<String> NEVER_TO_A_SERVICE = List.of(
            "cookie",
            "expect",
            "forwarded",
            "remote-user",
            "x-remote-user",
            "x-user",
            "x-user-id",
            "x-user-roles",
            "x-roles",
            "x-groups",
            "x-forwarded-user",
            "x-forwarded-groups",
            "x-forwarded-email",
            "x-forwarded-access-token",
            "x-auth-request-user",
            "x-real-ip",
            "x-original-url",
            "x-rewrite-url",
            "x-http-method-override",
            "x-secretary-api-key");

    private final boolean trustForwarded;

    @Inject
    public HeaderRules(GatewayConfig config) {
        this(config.trustForwarded());
    }

    HeaderRules(boolean trustForwarded) {
        this.trustForwarded = trustForwarded;
    }

    /** Turns the caller's headers into those that go to the service. */
    void toService(MultiMap headers, Exchange exchange) {
        dropHopByHop(headers);
        NEVER_TO_A_SERVICE.forEach(headers::remove);
        if (exchange.caller() != null) {
            headers.set(HttpHeaders.AUTHORIZATION, "Bearer " + exchange.caller().token());
        }
        headers.set(REQUEST_ID, exchange.id());
        trace(headers);
        forwarded(headers, exchange.request());
    }

    /** Takes what is between gateway and service out of the answer. */
    void toCaller(MultiMap headers, Exchange exchange) {
        dropHopByHop(headers);
        headers.remove(HttpHeaders.SERVER);
        // The library writes one of its own, after parsing this one.
        headers.remove(HttpHeaders.DATE);
        headers.set(REQUEST_ID, exchange.id());
    }

    /** Where a request comes from: the peer, or what the trusted load balancer in front says last. */
    public String clientAddress(HttpServerRequest request) {
        String forwarded = trustForwarded ? request.getHeader("x-forwarded-for") : null;
        if (forwarded != null) {
            return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
        }
        return request.remoteAddress() == null
                ? "unknown"
                : request.remoteAddress().hostAddress();
    }

    /** The caller's request id when it is a sane one, else a new one. */
    public static String requestId(@Nullable String offered) {
        if (offered == null || offered.isEmpty() || offered.length() > 64) {
            return hex() + hex();
        }
        return offered.chars().allMatch(HeaderRules::isIdCharacter) ? offered : hex() + hex();
    }

    private static boolean isIdCharacter(int c) {
        return isLowerHex(c) || (c >= 'g' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '_' || c == '.';
    }

    private static boolean isLowerHex(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }

    private static void dropHopByHop(MultiMap headers) {
        String connection = headers.get(HttpHeaders.CONNECTION);
        if (connection != null && !connection.equalsIgnoreCase("keep-alive") && !connection.equalsIgnoreCase("close")) {
            for (String named : connection.split(",", -1)) {
                String name = named.strip();
                // What frames the message is ours to decide, whoever names it as his own hop's.
                if (!name.isEmpty()
                        && !name.equalsIgnoreCase("content-length")
                        && !name.equalsIgnoreCase("authorization")) {
                    headers.remove(name);
                }
            }
        }
        HOP_BY_HOP.forEach(headers::remove);
    }

    /** W3C trace context: a well-formed one is passed on, a broken one is replaced, a missing one begins here (not sampled). */
    private static void trace(MultiMap headers) {
        String parent = headers.get("traceparent");
        if (parent == null || !isTraceParent(parent)) {
            headers.remove("tracestate");
            headers.set("traceparent", "00-" + hex() + hex() + "-" + hex() + "-00");
        }
    }

    private static boolean isTraceParent(String text) {
        if (text.length() != 55 || text.charAt(2) != '-' || text.charAt(35) != '-' || text.charAt(52) != '-') {
            return false;
        }
        for (int i = 0; i < 55; i++) {
            char c = text.charAt(i);
            if (c != '-' && !isLowerHex(c)) {
                return false;
            }
        }
        return !text.startsWith("ff");
    }

    private void forwarded(MultiMap headers, HttpServerRequest request) {
        String before = trustForwarded ? headers.get("x-forwarded-for") : null;
        String peer = request.remoteAddress() == null
                ? "unknown"
                : request.remoteAddress().hostAddress();
        headers.set("x-forwarded-for", before == null ? peer : before + ", " + peer);
        if (!trustForwarded || !headers.contains("x-forwarded-proto")) {
            headers.set("x-forwarded-proto", request.isSSL() ? "https" : "http");
        }
        if (!trustForwarded || !headers.contains("x-forwarded-host")) {
            String host = request.getHeader(HttpHeaders.HOST);
            if (host == null) {
                headers.remove("x-forwarded-host");
            } else {
                headers.set("x-forwarded-host", host);
            }
        }
        if (!trustForwarded) {
            headers.remove("x-forwarded-port");
            headers.remove("x-forwarded-prefix");
        }
    }

    private static String hex() {
        String digits = Long.toHexString(ThreadLocalRandom.current().nextLong() | Long.MIN_VALUE);
        return digits;
    }
}
