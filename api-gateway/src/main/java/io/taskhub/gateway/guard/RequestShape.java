package io.taskhub.gateway.guard;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Requests that the gateway and a service could read differently. They are refused, never repaired: two readings of one
 * request are how one is smuggled past the checks.
 */
public final class RequestShape {
    private static final List<String> ENCODED_TRICKS = List.of("%2e", "%2f", "%5c", "%00");

    private RequestShape() {}

    /** What is wrong with this request target, or null. */
    public static @Nullable String pathFlaw(String uri) {
        if (uri.isEmpty() || uri.charAt(0) != '/') {
            return "the request target must be a path";
        }
        int query = uri.indexOf('?');
        int end = query < 0 ? uri.length() : query;
        boolean encoded = false;
        for (int i = 0; i < uri.length(); i++) {
            char c = uri.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == '\\' || c == '#') {
                return "the request target holds a character that must be encoded";
            }
            if (i < end) {
                encoded |= c == '%';
                if (c == '/' && i + 1 < end && (uri.charAt(i + 1) == '/' || isDotSegment(uri, i + 1, end))) {
                    return "the path holds an empty or a dot segment";
                }
            }
        }
        if (encoded) {
            String path = uri.substring(0, end).toLowerCase(Locale.ROOT);
            if (ENCODED_TRICKS.stream().anyMatch(path::contains)) {
                return "the path holds an encoded dot, slash or backslash";
            }
        }
        return null;
    }

    private static boolean isDotSegment(String uri, int from, int end) {
        int i = from;
        while (i < end && uri.charAt(i) == '.') {
            i++;
        }
        int dots = i - from;
        return (dots == 1 || dots == 2) && (i == end || uri.charAt(i) == '/' || uri.charAt(i) == ';');
    }

    /** What is wrong with how these headers frame the request, or null. */
    public static @Nullable String headerFlaw(MultiMap headers) {
        if (headers.getAll(HttpHeaders.HOST).size() > 1) {
            return "more than one Host header";
        }
        List<String> lengths = headers.getAll(HttpHeaders.CONTENT_LENGTH);
        if (lengths.size() > 1) {
            return "more than one Content-Length header";
        }
        List<String> encodings = headers.getAll(HttpHeaders.TRANSFER_ENCODING);
        if (!encodings.isEmpty()) {
            if (!lengths.isEmpty()) {
                return "both Content-Length and Transfer-Encoding";
            }
            if (encodings.size() > 1 || !encodings.getFirst().equals("chunked")) {
                return "a Transfer-Encoding other than chunked";
            }
        }
        if (!lengths.isEmpty() && !isNumber(lengths.getFirst())) {
            return "a Content-Length that is not a number";
        }
        return null;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.length() <= 18 && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
