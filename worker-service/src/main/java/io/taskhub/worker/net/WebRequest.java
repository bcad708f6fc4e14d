package io.taskhub.worker.net;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;

/**
 * One request.
 *
 * @param uri absolute, http or https
 * @param headers by name in any case
 * @param body sent as UTF-8
 */
public record WebRequest(
        URI uri,
        String method,
        Map<String, String> headers,
        @Nullable String body) {
    private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern BREAKS_OUT = Pattern.compile("[\\r\\n\\u0000]");

    /** The connection's own business. */
    private static final Set<String> RESERVED =
            Set.of("connection", "content-length", "expect", "host", "transfer-encoding", "upgrade");

    /** @throws IllegalArgumentException when it cannot be written as HTTP */
    public WebRequest {
        if (!TOKEN.matcher(method).matches() || method.equals("CONNECT")) {
            throw new IllegalArgumentException("invalid method: " + method);
        }
        headers.forEach((name, value) -> {
            if (!TOKEN.matcher(name).matches() || BREAKS_OUT.matcher(value).find()) {
                throw new IllegalArgumentException("invalid header: " + name);
            }
            if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("restricted header name: " + name);
            }
        });
        Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        copy.putAll(headers);
        headers = copy;
    }

    public static WebRequest get(URI uri, Map<String, String> headers) {
        return new WebRequest(uri, "GET", headers, null);
    }

    /** As browsers do it: 303, and 301 or 302 of a POST, become GET; another origin gets no credentials. */
    WebRequest redirected(int status, URI target) {
        boolean get = (status == 303 && !method.equals("HEAD"))
                || ((status == 301 || status == 302) && method.equals("POST"));
        boolean sameOrigin = target.getScheme().equals(uri.getScheme())
                && target.getRawAuthority().equals(uri.getRawAuthority());
        Map<String, String> kept = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        kept.putAll(headers);
        if (!sameOrigin) {
            kept.remove("authorization");
            kept.remove("cookie");
        }
        if (get) {
            kept.remove("content-type");
        }
        return new WebRequest(target, get ? "GET" : method, kept, get ? null : body);
    }

    HttpUriRequestBase message() {
        HttpUriRequestBase message = new HttpUriRequestBase(method, uri);
        headers.forEach(message::setHeader);
        if (body != null) {
            message.setEntity(new ByteArrayEntity(body.getBytes(StandardCharsets.UTF_8), null));
        }
        return message;
    }
}
