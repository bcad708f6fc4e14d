package io.taskhub.realtime;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A client of a WebSocket. */
public final class SocketClient implements WebSocket.Listener, AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final List<JsonNode> messages = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private volatile int closeCode;
    private volatile boolean reading = true;

    private SocketClient(URI base, String path, @Nullable String headerToken) {
        WebSocket.Builder builder = HTTP.newWebSocketBuilder();
        if (headerToken != null) {
            builder.header("Authorization", "Bearer " + headerToken);
        }
        this.socket = builder.buildAsync(URI.create("ws://localhost:" + base.getPort() + path), this)
                .join();
    }

    public static SocketClient open(URI base) {
        return new SocketClient(base, "/ws", null);
    }

    public static SocketClient open(URI base, String headerToken) {
        return new SocketClient(base, "/ws", headerToken);
    }

    /** Another socket than TaskHub's. */
    public static SocketClient open(URI base, String path, String headerToken) {
        return new SocketClient(base, path, headerToken);
    }

    public SocketClient send(String text) {
        socket.sendText(text, true).join();
        return this;
    }

    /** Waits until every earlier command is in effect. */
    public SocketClient settled() {
        long pongs = count("pong");
        send("{\"op\":\"ping\"}");
        await().atMost(PATIENCE).until(() -> count("pong") > pongs);
        return this;
    }

    private long count(String type) {
        return messages.stream()
                .filter(m -> m.path("type").asText().equals(type))
                .count();
    }

    /** Does not read any more until {@link #resume()}. */
    public void pause() {
        reading = false;
    }

    public void resume() {
        reading = true;
        socket.request(1);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
        partial.append(data);
        if (last) {
            try {
                messages.add(JSON.readTree(partial.toString()));
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            partial.setLength(0);
        }
        if (reading) {
            webSocket.request(1);
        }
        return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
        closeCode = statusCode;
        return CompletableFuture.completedStage(null);
    }

    /** What there is once it is at least so many. */
    public List<JsonNode> first(int count) {
        await().atMost(PATIENCE).until(() -> messages.size() >= count);
        return messages();
    }

    public List<JsonNode> messages() {
        return List.copyOf(messages);
    }

    /** Messages of this type once there are so many. */
    public List<JsonNode> typed(String type, int count) {
        await().atMost(PATIENCE).until(() -> count(type) >= count);
        return messages.stream()
                .filter(m -> m.path("type").asText().equals(type))
                .toList();
    }

    /** Broadcasts once there are so many. */
    public List<JsonNode> broadcasts(int count) {
        await().atMost(PATIENCE)
                .until(() -> messages.stream().filter(SocketClient::isBroadcast).count() >= count);
        return messages.stream().filter(SocketClient::isBroadcast).toList();
    }

    private static boolean isBroadcast(JsonNode message) {
        return !message.has("type");
    }

    /** Waits for the server to close. */
    public int closeCode() {
        await().atMost(PATIENCE).until(() -> closeCode != 0);
        return closeCode;
    }

    @Override
    public void close() {
        socket.abort();
    }
}
