package io.taskhub.task.agents.llm;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** An OpenAI-compatible endpoint that says what a test told it to, in order. */
final class TestPlanModel implements AutoCloseable {
    static final String KEY = "sk-never-shown";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    final List<String> requests = new CopyOnWriteArrayList<>();
    final List<String> keys = new CopyOnWriteArrayList<>();
    private int status = 200;

    TestPlanModel() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/v1/chat/completions", this::reply);
        server.start();
    }

    TestPlanModel says(String answer) {
        answers.add(answer);
        return this;
    }

    TestPlanModel fails(int httpStatus) {
        status = httpStatus;
        return this;
    }

    /** With no answer left it never answers. */
    private void reply(HttpExchange exchange) throws IOException {
        requests.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        keys.add(exchange.getRequestHeaders().getFirst("Authorization"));
        String answer = answers.poll();
        if (answer == null && status == 200) {
            awaitTheEnd();
            return;
        }
        byte[] body = JSON.writeValueAsBytes(Map.of(
                "id",
                "1",
                "object",
                "chat.completion",
                "model",
                "m",
                "choices",
                List.of(Map.of(
                        "index",
                        0,
                        "finish_reason",
                        "stop",
                        "message",
                        Map.of("role", "assistant", "content", String.valueOf(answer))))));
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void awaitTheEnd() {
        try {
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    ModelConfig config(Duration most, int concurrency) {
        URI url = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/v1");
        return new ModelConfig() {
            @Override
            public Optional<URI> baseUrl() {
                return Optional.of(url);
            }

            @Override
            public Optional<String> apiKey() {
                return Optional.of(KEY);
            }

            @Override
            public Optional<String> model() {
                return Optional.of("gpt-test");
            }

            @Override
            public int concurrency() {
                return concurrency;
            }

            @Override
            public Duration planTimeout() {
                return most;
            }
        };
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
    }
}
