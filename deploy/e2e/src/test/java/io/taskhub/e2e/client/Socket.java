package io.taskhub.e2e.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A TaskHub WebSocket that keeps every message. */
public final class Socket implements AutoCloseable, WebSocket.Listener {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    /** The connection broke without a close frame (RFC 6455 §7.1.5). */
    private static final int ABNORMAL = 1006;

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private volatile @Nullable WebSocket socket;

    private Socket() {}

    /** Connects and says nothing. */
    public static Socket connect(URI uri) {
        return connect(uri, Map.of());
    }

    public static Socket connect(URI uri, Map<String, String> headers) {
        Socket listener = new Socket();
        WebSocket.Builder builder = HTTP.newWebSocketBuilder().connectTimeout(Duration.ofSeconds(10));
        headers.forEach(builder::header);
        listener.socket = builder.buildAsync(uri, listener).join();
        return listener;
    }

    /** Connects and authenticates with the first message. */
    public static Socket authed(URI uri, String token) {
        Socket socket = connect(uri);
        socket.send(Map.of("token", token));
        socket.awaitMessage(m -> m.path("type").asText().equals("authed"));
        return socket;
    }

    public void send(Object message) {
        WebSocket open = socket;
        if (open == null) {
            throw new IllegalStateException("not connected");
        }
        open.sendText(Json.write(message), true).join();
    }

    /** Sends a ping and waits for its pong: every command before it has been carried out. */
    public void ping() {
        long before = pongs();
        send(Map.of("op", "ping"));
        Waiting.await().until(() -> pongs() > before);
    }

    public List<JsonNode> received() {
        return List.copyOf(received);
    }

    public List<JsonNode> received(Predicate<JsonNode> wanted) {
        return received.stream().filter(wanted).toList();
    }

    public List<JsonNode> logs() {
        return received(m -> m.path("type").asText().equals("log"));
    }

    public List<JsonNode> events() {
        return received(m -> m.path("type").asText().equals("event"));
    }

    public JsonNode awaitMessage(Predicate<JsonNode> wanted) {
        Waiting.await().until(() -> received.stream().anyMatch(wanted));
        return received.stream().filter(wanted).findFirst().orElseThrow();
    }

    /** Waits until the server closes; its close code. */
    public int awaitClose() {
        Waiting.await().until(() -> closeCode != 0);
        return closeCode;
    }

    public boolean isClosed() {
        return closeCode != 0;
    }

    @Override
    public void close() {
        WebSocket open = socket;
        if (open != null) {
            open.abort();
        }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        partial.append(text);
        if (last) {
            received.add(Json.parse(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        closeCode = code;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        if (closeCode == 0) {
            closeCode = ABNORMAL;
        }
    }

    private long pongs() {
        return received.stream()
                .filter(m -> m.path("type").asText().equals("pong"))
                .count();
    }
}
