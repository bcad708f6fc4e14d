package io.taskhub.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.e2e.client.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * What is outside the suite, on loopback: pages to fetch and to click on, releases, users, and a language model that gives back what it
 * is told to work on.
 */
final class OutsideWorld implements AutoCloseable {
    /** A release whose text the model refuses. */
    static final String UNSPEAKABLE = "unspeakable";

    private static final byte[] PIXEL = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final String SESSION = """
            <!doctype html><html><head><title>Opening | Conf</title></head><body>
            <nav><a href="/">Home</a> <a href="/all">All sessions</a></nav>
            <main><article><h1>Opening session PLACE</h1>
            <p>Welcome to the conference. This talk tells where the project stands and where it goes next, with numbers.</p>
            <p><img src="/logo.png" alt="logo"> A second paragraph says more of the same, so that there is something to read.</p>
            <ul><li>first point</li><li>second point</li></ul></article></main>
            <footer>Imprint</footer></body></html>
            """;

    private static final String SHOP = """
            <!doctype html><html><head><title>Shop</title><style>
            #q { position: absolute; left: 100px; top: 40px; width: 160px; height: 24px; margin: 0; padding: 0; border: 0 }
            #go { position: absolute; left: 300px; top: 40px; width: 120px; height: 30px }
            </style></head><body><input id="q" type="search"><button id="go">Search</button><p id="found"></p><script>
            document.getElementById('go').onclick = () => {
              document.getElementById('found').textContent = 'found ' + document.getElementById('q').value;
              console.log('searched ' + document.getElementById('q').value);
            };</script></body></html>
            """;

    private final HttpServer server;

    private OutsideWorld(HttpServer server) {
        this.server = server;
    }

    static OutsideWorld open() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext(
                    "/",
                    exchange -> answer(exchange, 404, "text/plain", "nothing here".getBytes(StandardCharsets.UTF_8)));
            server.createContext("/session", OutsideWorld::session);
            server.createContext("/shop", exchange -> html(exchange, SHOP));
            server.createContext("/logo.png", exchange -> answer(exchange, 200, "image/png", PIXEL));
            server.createContext("/releases", OutsideWorld::releases);
            server.createContext(
                    "/users",
                    exchange -> json(
                            exchange,
                            List.of(
                                    Map.of("user_id", 1, "last_active_at", "2026-02-26T10:00:00Z"),
                                    Map.of("user_id", 2, "last_active_at", "2026-02-26T11:00:00Z"))));
            server.createContext("/v1/chat/completions", OutsideWorld::model);
            server.start();
            return new OutsideWorld(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address of it. */
    String at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort())
                .resolve(path)
                .toString();
    }

    /** What the services must be told of it. */
    Map<String, String> settings() {
        return Map.of(
                "TASKHUB_FETCH_ALLOW_PRIVATE",
                "true",
                "TASKHUB_RELEASES_URL",
                at("/releases"),
                "TASKHUB_BRIEFS_USERS_URL",
                at("/users"),
                "TASKHUB_LLM_BASE_URL",
                at("/v1"),
                "TASKHUB_LLM_API_KEY",
                "outside",
                "TASKHUB_LLM_MODEL",
                "echo");
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private static void session(HttpExchange exchange) throws IOException {
        html(
                exchange,
                SESSION.replace("PLACE", exchange.getRequestURI().getPath().substring("/session".length())));
    }

    /** {@code /releases/{id}}: ids that begin with 4 are missing, those that begin with 5 cannot be translated. */
    private static void releases(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().replaceFirst("/releases/?", "");
        if (id.isEmpty()) {
            json(exchange, List.of(release("7", "Something new."), release("8", "And something else.")));
        } else if (id.startsWith("4")) {
            answer(exchange, 404, "application/json", "{}".getBytes(StandardCharsets.UTF_8));
        } else {
            json(exchange, release(id, id.startsWith("5") ? UNSPEAKABLE : "Fixes a bug in the parser."));
        }
    }

    private static Map<String, Object> release(String id, String body) {
        return Map.of(
                "id",
                id,
                "name",
                "Release " + id,
                "tag_name",
                "v" + id,
                "body",
                body,
                "published_at",
                "2026-02-26T09:00:00Z");
    }

    private static void model(HttpExchange exchange) throws IOException {
        JsonNode request = Json.parse(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        JsonNode messages = request.path("messages");
        String told = messages.path(messages.size() - 1).path("content").asText();
        if (told.contains(UNSPEAKABLE)) {
            answer(
                    exchange,
                    400,
                    "application/json",
                    "{\"error\":{\"message\":\"no\"}}".getBytes(StandardCharsets.UTF_8));
            return;
        }
        json(
                exchange,
                Map.of(
                        "id",
                        "1",
                        "object",
                        "chat.completion",
                        "created",
                        1,
                        "model",
                        "echo",
                        "choices",
                        List.of(Map.of(
                                "index",
                                0,
                                "finish_reason",
                                "stop",
                                "message",
                                Map.of("role", "assistant", "content", told))),
                        "usage",
                        Map.of("prompt_tokens", 1, "completion_tokens", 1, "total_tokens", 2)));
    }

    private static void html(HttpExchange exchange, String page) throws IOException {
        answer(exchange, 200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    private static void json(HttpExchange exchange, Object value) throws IOException {
        answer(exchange, 200, "application/json", Json.write(value).getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", type);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }
}
