package io.taskhub.worker.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** JSON at an address of the operator's own: 10 s and 8 MiB for an answer. */
final class Source implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration MOST = Duration.ofSeconds(10);
    private static final long MOST_BYTES = 8 << 20;
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final String name;
    private final String url;
    private final BoundedHttp http;

    /** @param name what is there, for messages */
    Source(String name, URI url) {
        this(name, url, MOST);
    }

    Source(String name, URI url, Duration most) {
        this.name = name;
        this.url = url.toString().replaceAll("/+$", "");
        this.http = new BoundedHttp(most, MOST_BYTES);
    }

    /** {@code <url>/<id>}; empty when it is not there. */
    Optional<JsonNode> find(String id) throws IOException, InterruptedException {
        BoundedHttp.Reply reply = get(url + "/" + encode(id).replace("+", "%20"));
        return reply.status() == NOT_FOUND ? Optional.empty() : Optional.of(read(reply));
    }

    /** {@code <url>?<parameters>}. */
    JsonNode list(Map<String, String> parameters) throws IOException, InterruptedException {
        String query = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + encode(parameter.getValue()))
                .collect(Collectors.joining("&"));
        JsonNode list = read(get(url + (url.contains("?") ? "&" : "?") + query));
        if (!list.isArray()) {
            throw new IOException(name + " are not an array");
        }
        return list;
    }

    private BoundedHttp.Reply get(String address) throws IOException, InterruptedException {
        try {
            return http.send(HttpRequest.newBuilder(URI.create(address))
                    .header("Accept", "application/json")
                    .build());
        } catch (IllegalArgumentException e) {
            throw new IOException("the address of " + name + " is none", e);
        }
    }

    private JsonNode read(BoundedHttp.Reply reply) throws IOException {
        if (reply.status() != OK) {
            throw new IOException("the source of " + name + " answered status " + reply.status());
        }
        try {
            return JSON.readTree(reply.body());
        } catch (JsonProcessingException e) {
            throw new IOException("the source of " + name + " answered something that is not JSON", e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.close();
    }
}
