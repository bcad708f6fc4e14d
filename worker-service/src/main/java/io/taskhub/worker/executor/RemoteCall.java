package io.taskhub.worker.executor;

import io.taskhub.worker.registry.RemoteWorker;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jboss.logging.Logger;

/**
 * One {@code POST /api/worker/execute} to a registered worker, on a client and a connection of its own: a connection that was
 * kept from before could be refused after the body was sent, and closing this one ends this call only.
 */
final class RemoteCall implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(RemoteCall.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration CANCEL = Duration.ofSeconds(3);
    private static final long LARGEST_REPLY = 16L << 20;

    /** The worker did not take the connection: it has not seen the task. */
    static final class RefusedException extends IOException {
        RefusedException(Throwable cause) {
            super("connection refused", cause);
        }
    }

    private final RemoteWorker worker;
    private final Map<String, Object> task;
    private final String key;
    private final HttpClient client = client();
    private final CompletableFuture<HttpResponse<String>> answer;

    RemoteCall(RemoteWorker worker, Map<String, Object> task, String key) throws RefusedException {
        this.worker = worker;
        this.task = task;
        this.key = key;
        try {
            this.answer = client.sendAsync(
                    request("/api/worker/execute", Map.of("task", task)),
                    HttpResponse.BodyHandlers.limiting(
                            HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), LARGEST_REPLY));
        } catch (IllegalArgumentException e) {
            client.shutdownNow();
            throw new RefusedException(e);
        }
    }

    /** The worker's heartbeats have stopped: nothing more is expected of it. */
    void silent() {
        answer.completeExceptionally(new IOException("silent for 10 s"));
    }

    /** Waits for the answer. An interrupt closes the connection and asks the worker to stop. */
    RemoteReply await() throws IOException, InterruptedException {
        try {
            return RemoteReply.of(answer.get());
        } catch (InterruptedException e) {
            client.shutdownNow();
            Thread.ofVirtual().name("remote-cancel").start(this::cancel);
            throw e;
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (cause instanceof ConnectException
                    || cause instanceof HttpConnectTimeoutException
                    || cause instanceof UnresolvedAddressException
                    || cause instanceof UnknownHostException) {
                throw new RefusedException(cause);
            }
            throw cause instanceof IOException io ? io : new IOException(cause);
        }
    }

    private void cancel() {
        try (HttpClient other = client()) {
            HttpRequest request = HttpRequest.newBuilder(
                            request(
                                    "/api/worker/cancel",
                                    Map.of("id", String.valueOf(task.get("id")), "idempotency_key", key)),
                            (name, value) -> true)
                    .timeout(CANCEL)
                    .build();
            other.send(request, HttpResponse.BodyHandlers.discarding());
        } catch (IOException e) {
            LOG.debugf("worker %s was not asked to cancel: %s", worker.id(), e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request(String path, Map<String, Object> body) {
        String host = worker.host().contains(":") ? "[" + worker.host() + "]" : worker.host();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://" + host + ":" + worker.port() + path))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(HttpRequest.BodyPublishers.ofString(Payload.json(body)));
        String token = worker.token();
        if (token != null && !token.isBlank()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
