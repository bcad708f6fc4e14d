package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.contracts.Report.Outcome;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HttpExecutorTest {
    private record Seen(String method, String path, String body, String header, String type) {}

    private final HttpServer server;
    private final HttpExecutor http = new HttpExecutor(false);
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch never = new CountDownLatch(1);

    HttpExecutorTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        never.countDown();
        http.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            seen.add(new Seen(
                    exchange.getRequestMethod(),
                    path,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    String.valueOf(exchange.getRequestHeaders().getFirst("X-One")),
                    String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type"))));
            switch (path) {
                case "/moved" -> {
                    exchange.getResponseHeaders().add("Location", "/ok");
                    exchange.sendResponseHeaders(302, -1);
                }
                case "/loop" -> {
                    exchange.getResponseHeaders().add("Location", "/loop");
                    exchange.sendResponseHeaders(307, -1);
                }
                case "/hang" -> hang();
                case "/large" -> send(exchange, 200, "x".repeat(3 << 20));
                case "/missing" -> send(exchange, 404, "no such thing");
                default -> send(exchange, 200, "hello\nworld");
            }
        }
    }

    private void hang() {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    private String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private TestRun run(Map<String, Object> payload) {
        return TestRun.start(http, Payload.json(payload));
    }

    @Test
    void a_2xx_answer_is_success_and_its_body_is_the_output() {
        TestRun run = run(Map.of("url", url("/ok")));
        assertThat(run.ended()).isEqualTo(Ended.success("{\"status\":200}"));
        assertThat(run.stdout()).isEqualTo("hello\nworld");
        assertThat(run.heard().messages()).containsExactly("hello", "world");
    }

    @Test
    void any_other_answer_is_a_failure_that_keeps_the_body() {
        TestRun run = run(Map.of("url", url("/missing")));
        assertThat(run.ended().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(run.ended().message()).isEqualTo("HTTP status 404");
        assertThat(run.stdout()).isEqualTo("no such thing");
    }

    @Test
    void method_headers_and_body_are_sent_in_either_spelling() {
        run(Map.of("url", url("/a"), "method", "post", "headers", Map.of("X-One", "1"), "body", Map.of("k", 1)))
                .ended();
        run(Map.of("exec_command", url("/b"), "method", "PUT", "header.X-One", "2", "body", "text"))
                .ended();
        assertThat(seen)
                .containsExactly(
                        new Seen("POST", "/a", "{\"k\":1}", "1", "application/json"),
                        new Seen("PUT", "/b", "text", "2", "text/plain; charset=utf-8"));
    }

    @Test
    void a_redirect_of_a_post_becomes_a_get() {
        assertThat(run(Map.of("url", url("/moved"), "method", "POST", "body", "x"))
                        .ended()
                        .outcome())
                .isEqualTo(Outcome.SUCCEEDED);
        assertThat(seen.getLast()).isEqualTo(new Seen("GET", "/ok", "", "null", "null"));
    }

    @Test
    void redirects_end_somewhere() {
        assertThat(run(Map.of("url", url("/loop"))).ended().message()).isEqualTo("more than 5 redirects");
    }

    @Test
    void a_large_body_is_cut() {
        TestRun run = run(Map.of("url", url("/large")));
        assertThat(run.stdout()).hasSize(1 << 20);
        assertThat(run.execution().cut()).isTrue();
    }

    @Test
    void a_cancel_ends_a_call_that_waits() {
        TestRun run = run(Map.of("url", url("/hang")));
        await().untilAsserted(() -> assertThat(seen).hasSize(1));
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_refused_connection_is_a_failure() {
        assertThat(run(Map.of("url", "http://127.0.0.1:1/")).ended())
                .satisfies(ended -> assertThat(ended.message()).startsWith("GET http://127.0.0.1:1/: "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ftp://x/", "/relative", "http://", "http://a b/"})
    void what_is_no_http_address_is_refused_for_good(String url) {
        assertThat(run(Map.of("url", url)).ended().retryable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.1.2.3", "192.168.0.1", "169.254.169.254", "[::1]", "[fd00::1]", "0.0.0.0"})
    void private_addresses_can_be_blocked(String host) {
        HttpExecutor careful = new HttpExecutor(true);
        assertThat(TestRun.start(careful, "{\"url\":\"http://" + host + "/\"}")
                        .ended()
                        .message())
                .startsWith("private address refused");
        careful.close();
    }
}
