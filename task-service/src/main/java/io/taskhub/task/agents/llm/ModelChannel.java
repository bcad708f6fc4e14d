package io.taskhub.task.agents.llm;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * How the model's client reaches the model: the whole exchange bounded in time and size, redirects not followed, for they could carry the
 * key elsewhere. What a model answers to a refused request is in no message: some providers repeat the key there.
 */
final class ModelChannel implements HttpClient, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final long MOST_BYTES = 1 << 20;
    private static final int SUCCESS = 2;

    /** Until when calls must be answered, by {@link System#nanoTime}. */
    static final ScopedValue<Long> DEADLINE = ScopedValue.newInstance();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final java.net.http.HttpClient client = java.net.http.HttpClient.newBuilder()
            .version(java.net.http.HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(java.net.http.HttpClient.Redirect.NEVER)
            .executor(threads)
            .build();

    /** Why there is no answer, in words that may be shown. */
    static final class NoAnswerException extends RuntimeException {
        NoAnswerException(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        CompletableFuture<HttpResponse<String>> answer = client.sendAsync(
                plain(request),
                HttpResponse.BodyHandlers.limiting(
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8), MOST_BYTES));
        try {
            HttpResponse<String> reply = answer.get(DEADLINE.get() - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (reply.statusCode() / 100 != SUCCESS) {
                throw new NoAnswerException("it answered status " + reply.statusCode(), null);
            }
            return SuccessfulHttpResponse.builder()
                    .statusCode(reply.statusCode())
                    .headers(reply.headers().map())
                    .body(reply.body())
                    .build();
        } catch (ExecutionException e) {
            throw new NoAnswerException("it cannot be reached", e.getCause());
        } catch (TimeoutException e) {
            throw new NoAnswerException("it did not answer in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NoAnswerException("the request was given up", e);
        } finally {
            answer.cancel(true);
        }
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    private static java.net.http.HttpRequest plain(HttpRequest request) {
        java.net.http.HttpRequest.Builder plain = java.net.http.HttpRequest.newBuilder(URI.create(request.url()))
                .method(
                        request.method().name(),
                        request.body() == null
                                ? java.net.http.HttpRequest.BodyPublishers.noBody()
                                : java.net.http.HttpRequest.BodyPublishers.ofString(request.body()));
        request.headers().forEach((name, values) -> values.forEach(value -> plain.header(name, value)));
        return plain.build();
    }

    /** The client's own timeouts are of no use here. */
    HttpClientBuilder builder() {
        return new HttpClientBuilder() {
            @Override
            public Duration connectTimeout() {
                return Duration.ZERO;
            }

            @Override
            public HttpClientBuilder connectTimeout(Duration timeout) {
                return this;
            }

            @Override
            public Duration readTimeout() {
                return Duration.ZERO;
            }

            @Override
            public HttpClientBuilder readTimeout(Duration timeout) {
                return this;
            }

            @Override
            public HttpClient build() {
                return ModelChannel.this;
            }
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
        threads.shutdownNow();
    }
}
