package io.taskhub.worker.text;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Exchanges with addresses that the operator has configured. The time is that of a whole exchange, its body included, which
 * {@link HttpRequest#timeout()} is not; an interrupt closes the connection. Redirects are not followed: they could carry the key elsewhere.
 */
final class BoundedHttp implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);

    /** What came back, whatever it was. */
    record Reply(int status, HttpHeaders headers, String body) {}

    private final Duration most;
    private final long mostBytes;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();

    BoundedHttp(Duration most, long mostBytes) {
        this.most = most;
        this.mostBytes = mostBytes;
    }

    /** @throws IOException also when the answer is too slow or larger than allowed */
    Reply send(HttpRequest request) throws IOException, InterruptedException {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                request,
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), mostBytes));
        try {
            HttpResponse<String> response = answer.get(most.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("no answer within " + most.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
