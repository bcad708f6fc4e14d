package io.taskhub.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real HTTP servers where the gateway expects its services. They tell what reached them; some paths behave badly on purpose. Two
 * replicas of task-service answer, a third address refuses connections; dag-service has no address at all.
 */
public final class UpstreamServers implements QuarkusTestResourceLifecycleManager {
    private final Vertx vertx;
    private final List<HttpServerResponse> streams = new CopyOnWriteArrayList<>();
    private final AtomicInteger streamsClosed = new AtomicInteger();

    public UpstreamServers() {
        // Quarkus switches WebSocket servers off for the whole JVM when the application has none: these ones have.
        System.setProperty("vertx.disableWebsockets", "false");
        vertx = Vertx.vertx();
    }

    @Override
    public Map<String, String> start() {
        try {
            int refusing = freePort();
            String tasks = "http://127.0.0.1:" + listen("a") + ",http://127.0.0.1:" + listen("b") + ",http://127.0.0.1:"
                    + refusing;
            String realtime = "http://127.0.0.1:" + listen("r");
            return Map.of(
                    "taskhub.gateway.upstreams.task-service",
                    tasks,
                    "taskhub.gateway.upstreams.realtime-service",
                    realtime,
                    "taskhub.gateway.upstreams.worker-service",
                    "http://127.0.0.1:" + refusing,
                    "taskhub.gateway.upstreams.cron-service",
                    "http://127.0.0.1:" + listen("c"),
                    "taskhub.gateway.upstreams.dag-service",
                    "");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private int listen(String replica) throws Exception {
        HttpServer server = vertx.createHttpServer(
                        new HttpServerOptions().setPort(0).setHost("127.0.0.1"))
                .webSocketHandler(UpstreamServers::echo)
                .requestHandler(request -> answer(replica, request));
        return server.listen()
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS)
                .actualPort();
    }

    private static void echo(ServerWebSocket socket) {
        String opening = socket.uri() + " " + socket.headers().get("Authorization");
        socket.textMessageHandler(text -> socket.writeTextMessage(text.equals("who") ? opening : "echo " + text));
    }

    private void answer(String replica, HttpServerRequest request) {
        switch (request.path()) {
            case "/api/v1/progress/stream" -> stream(request);
            case "/api/v1/tasks/release/cancel" -> {
                streams.forEach(stream -> stream.end("data: second\n\n"));
                streams.clear();
                request.response().end();
            }
            case "/api/v1/tasks/closed" -> request.response().end(Integer.toString(streamsClosed.get()));
            case "/api/v1/tasks/broken" -> request.connection().close();
            case "/api/v1/tasks/gone" -> request.response().setStatusCode(204).end();
            case "/api/event-job/files/talk.md", "/api/tasks/tsk_1/artifacts/talk.md" -> file(request);
            case "/internal/stats" ->
                request.response()
                        .end(new JsonObject()
                                .put("workers", 1)
                                .put("queued", 2)
                                .put("running", 3)
                                .put("submitted", 4)
                                .put("finished", 5)
                                .put("sessions", 6)
                                .encode());
            default -> request.body().onSuccess(body -> tell(replica, request, body.length()));
        }
    }

    /** The digits 0 to 9, as task-service serves a file. */
    private static void file(HttpServerRequest request) {
        HttpServerResponse response = request.response()
                .putHeader("Content-Type", "text/markdown")
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", "\"e1\"");
        if ("\"e1\"".equals(request.getHeader("If-None-Match"))) {
            response.setStatusCode(304).end();
        } else if ("bytes=2-4".equals(request.getHeader("Range"))) {
            response.setStatusCode(206)
                    .putHeader("Content-Range", "bytes 2-4/10")
                    .putHeader("Content-Length", "3")
                    .end("234");
        } else if (request.method().equals(HttpMethod.HEAD)) {
            response.putHeader("Content-Length", "10").end();
        } else {
            response.putHeader("Content-Length", "10").end("0123456789");
        }
    }

    private void stream(HttpServerRequest request) {
        HttpServerResponse response = request.response();
        response.closeHandler(closed -> streamsClosed.incrementAndGet());
        response.setChunked(true).putHeader("Content-Type", "text/event-stream").write("data: first\n\n");
        streams.add(response);
    }

    private static void tell(String replica, HttpServerRequest request, int length) {
        JsonObject headers = new JsonObject();
        request.headers().forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
        request.response()
                .putHeader("Content-Type", "application/json")
                .putHeader("Keep-Alive", "timeout=5")
                .end(new JsonObject()
                        .put("replica", replica)
                        .put("method", request.method().name())
                        .put("uri", request.uri())
                        .put("length", length)
                        .put("headers", headers)
                        .encode());
    }

    @Override
    public void stop() {
        vertx.close();
    }
}
