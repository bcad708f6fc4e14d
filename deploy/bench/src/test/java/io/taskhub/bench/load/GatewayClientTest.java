package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** Against a server that tells what it was asked. */
@DisplayNameGeneration(ReplaceUnderscores.class)
class GatewayClientTest {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    private final AtomicInteger connections = new AtomicInteger();
    private URI origin = URI.create("http://127.0.0.1");

    @BeforeEach
    void listen() throws InterruptedException {
        HttpServer server = vertx.createHttpServer()
                .connectionHandler(_ -> connections.incrementAndGet())
                .requestHandler(request -> request.body().onSuccess(body -> request.response()
                        .setStatusCode(request.path().equals("/no") ? 404 : 201)
                        .end(new JsonObject()
                                .put("authorization", request.getHeader("Authorization"))
                                .put("type", request.getHeader("Content-Type"))
                                .put("body", body.toString())
                                .toBuffer())));
        HttpServer bound = Await.result("call", server.listen(0, "127.0.0.1"), Duration.ofSeconds(10));
        origin = URI.create("http://127.0.0.1:" + bound.actualPort());
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void one_body_can_be_sent_many_times_over_a_few_kept_connections() throws InterruptedException {
        Buffer body = NoopTask.single("q");
        try (GatewayClient client = new GatewayClient(vertx, origin, "secret", 3)) {
            Outcome outcome = ClosedLoop.run(
                    vertx,
                    3,
                    new ClosedLoop.Limit(200, Duration.ofSeconds(30)),
                    () -> client.post("/", body),
                    reply -> reply.object().getString("body").equals(body.toString()) ? null : "another body");
            assertThat(outcome.accepted()).isEqualTo(200);
            assertThat(connections.get()).isBetween(1, 3);
        }
    }

    @Test
    void a_call_carries_token_and_content_type() throws InterruptedException {
        try (GatewayClient client = new GatewayClient(vertx, origin, "secret", 1)) {
            JsonObject told = Await.result("call", client.post("/", null), Duration.ofSeconds(10))
                    .object();
            assertThat(told.getString("authorization")).isEqualTo("Bearer secret");
            assertThat(told.getString("type")).isEqualTo("application/json");
        }
    }

    @Test
    void calls_from_another_thread_are_all_answered() throws InterruptedException {
        try (GatewayClient client = new GatewayClient(vertx, origin, "secret", 8)) {
            for (int i = 0; i < 500; i++) {
                assertThat(Await.result("call", client.get("/"), Duration.ofSeconds(10))
                                .status())
                        .isEqualTo(201);
            }
        }
    }

    @Test
    void an_answer_that_is_not_2xx_is_a_complaint() throws InterruptedException {
        try (GatewayClient client = new GatewayClient(vertx, origin, null, 1)) {
            Reply reply = Await.result("call", client.get("/no"), Duration.ofSeconds(10));
            assertThat(reply.complaint()).isEqualTo("HTTP 404");
            assertThatThrownBy(() -> reply.orThrow("GET /no")).hasMessageContaining("GET /no answered HTTP 404");
        }
    }
}
