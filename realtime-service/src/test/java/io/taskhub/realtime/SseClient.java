package io.taskhub.realtime;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A browser's EventSource, without its reconnecting. */
public final class SseClient implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int OK = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One dispatched event; {@code id} is the last one seen by then. */
    public record Event(String name, String id, JsonNode data) {}

    private final HttpResponse<InputStream> response;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private volatile String lastId = "";
    private final AtomicInteger comments = new AtomicInteger();
    private volatile int retry = -1;
    private volatile boolean ended;

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
        if (response.statusCode() == OK) {
            Thread.ofVirtual().start(this::read);
        }
    }

    public static SseClient open(URI base, String path, String token, @Nullable String lastEventId) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).header("Authorization", "Bearer " + token);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            return new SseClient(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String name = "message";
            String data = "";
            String line;
            while ((line = lines.readLine()) != null) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        events.add(new Event(name, lastId, json(data)));
                    }
                    name = "message";
                    data = "";
                } else if (line.startsWith(":")) {
                    comments.incrementAndGet();
                } else {
                    String value = line.substring(line.indexOf(": ") + 2);
                    switch (line.substring(0, line.indexOf(':'))) {
                        case "id" -> lastId = value;
                        case "event" -> name = value;
                        case "data" -> data = value;
                        case "retry" -> retry = Integer.parseInt(value);
                        default -> throw new IllegalStateException(line);
                    }
                }
            }
        } catch (IOException e) {
            // closed by the test
        }
        ended = true;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What there is once the server has ended the stream. */
    public List<Event> untilEnd() {
        await().atMost(Duration.ofSeconds(10)).until(() -> ended);
        return List.copyOf(events);
    }

    /** What there is once it is at least so many. */
    public List<Event> first(int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> events.size() >= count);
        return List.copyOf(events);
    }

    /** Waits for the opening frame. */
    public SseClient opened() {
        await().atMost(Duration.ofSeconds(10)).until(() -> retry >= 0 && !lastId.isEmpty());
        return this;
    }

    public boolean hasEnded() {
        return ended;
    }

    public String lastId() {
        return lastId;
    }

    public int comments() {
        return comments.get();
    }

    public int status() {
        return response.statusCode();
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
