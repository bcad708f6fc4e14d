package io.taskhub.e2e.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One caller of the suite: an address and, after {@link #login}, a token. */
public final class TaskHubClient {
    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final URI base;
    private final Map<String, String> headers;

    private TaskHubClient(URI base, Map<String, String> headers) {
        this.base = base;
        this.headers = headers;
    }

    /** A caller that nobody knows. */
    public static TaskHubClient at(URI base) {
        return new TaskHubClient(base, Map.of());
    }

    public TaskHubClient login(String user, String password) {
        Reply reply = post("/api/login", Map.of("username", user, "password", password))
                .expect(200);
        return withToken(reply.text("/data/token"));
    }

    /** The same caller with a JWT or an API key. */
    public TaskHubClient withToken(String token) {
        return withHeader("Authorization", "Bearer " + token);
    }

    public TaskHubClient withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new TaskHubClient(base, more);
    }

    /** The bare JWT or API key. */
    public String token() {
        String authorization = headers.get("Authorization");
        if (authorization == null) {
            throw new IllegalStateException("not logged in");
        }
        return authorization.substring("Bearer ".length());
    }

    public Reply get(String path) {
        return send("GET", path, null);
    }

    public Reply delete(String path) {
        return send("DELETE", path, null);
    }

    public Reply post(String path) {
        return send("POST", path, "");
    }

    /** Text is sent as it is, everything else as JSON. */
    public Reply post(String path, Object body) {
        return withHeaderUnlessSet("Content-Type", "application/json").send("POST", path, Json.write(body));
    }

    /** Sends it and does not wait for the answer. */
    public Pending postLater(String path, Object body) {
        HttpRequest request = withHeaderUnlessSet("Content-Type", "application/json")
                .request(path)
                .POST(BodyPublishers.ofString(Json.write(body)))
                .build();
        return new Pending(HTTP.sendAsync(request, BodyHandlers.ofString()));
    }

    /** Any method; no body when null. */
    public Reply send(String method, String path, @Nullable String body) {
        HttpRequest.Builder request = request(path)
                .timeout(PATIENCE)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        return exchange(request.build());
    }

    /** A file; {@code headers} are names and values in turn. */
    public Download download(String method, String path, String... headers) {
        HttpRequest.Builder request = request(path).timeout(PATIENCE).method(method, BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Download(exchange(request.build(), BodyHandlers.ofByteArray()));
    }

    /** A body of unknown length: sent in chunks. */
    public Reply postChunked(String path, byte[] body) {
        HttpRequest.BodyPublisher unknownLength = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));
        return withHeaderUnlessSet("Content-Type", "application/json").exchangeWith(path, unknownLength);
    }

    /** Opens a stream of server-sent events; {@code lastEventId} null for none. */
    public EventStream stream(String path, @Nullable String lastEventId) {
        HttpRequest.Builder request =
                request(path).header("Accept", "text/event-stream").GET();
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        return EventStream.open(HTTP, request.build());
    }

    public EventStream stream(String path) {
        return stream(path, null);
    }

    private Reply exchangeWith(String path, HttpRequest.BodyPublisher body) {
        return exchange(request(path).timeout(PATIENCE).POST(body).build());
    }

    private TaskHubClient withHeaderUnlessSet(String name, String value) {
        return headers.containsKey(name) ? this : withHeader(name, value);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path));
        headers.forEach(request::header);
        return request;
    }

    private static Reply exchange(HttpRequest request) {
        HttpResponse<String> response = exchange(request, BodyHandlers.ofString());
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    private static <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> body) {
        try {
            return HTTP.send(request, body);
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
