package io.taskhub.worker.text;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * How the model's client reaches the model: bounded in time and size, ended by an interrupt, tried once more when the model is busy or
 * broken. What a model answers to a refused request is not repeated in any message: some providers put the key there.
 */
final class ModelTransport implements HttpClient, AutoCloseable {
    private static final int TRIES = 2;
    private static final long MOST_BYTES = 4 << 20;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SUCCESS = 2;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final BoundedHttp http;
    private final Duration pause;

    /** @param pause before the second try when the model does not say how long */
    ModelTransport(Duration most, Duration pause) {
        this.http = new BoundedHttp(most, MOST_BYTES);
        this.pause = pause;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
        try {
            return exchange(plain(request));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CancellationException();
        }
    }

    private SuccessfulHttpResponse exchange(java.net.http.HttpRequest request)
            throws IOException, InterruptedException {
        for (int tries = 1; ; tries++) {
            Duration wait = pause;
            try {
                BoundedHttp.Reply reply = http.send(request);
                if (reply.status() / 100 == SUCCESS) {
                    return SuccessfulHttpResponse.builder()
                            .statusCode(reply.status())
                            .headers(reply.headers().map())
                            .body(reply.body())
                            .build();
                }
                boolean again = reply.status() == TOO_MANY || reply.status() >= SERVER_ERROR;
                wait = asked(reply).orElse(pause);
                if (!again || tries == TRIES || wait.compareTo(LONGEST_PAUSE) > 0) {
                    throw new RefusedException(reply.status());
                }
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
            Thread.sleep(wait);
        }
    }

    /** The model answered, and not with a completion. */
    private static final class RefusedException extends IOException {
        RefusedException(int status) {
            super("the model answered status " + status);
        }
    }

    /** {@code Retry-After}, in seconds or as a date. */
    private static Optional<Duration> asked(BoundedHttp.Reply reply) {
        return reply.headers().firstValue("retry-after").map(String::strip).flatMap(text -> {
            try {
                return Optional.of(
                        text.chars().allMatch(Character::isDigit)
                                ? Duration.ofSeconds(Long.parseLong(text))
                                : Duration.between(
                                        Instant.now(),
                                        ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                                .toInstant()));
            } catch (NumberFormatException | DateTimeParseException e) {
                return Optional.empty();
            }
        });
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

    @Override
    public void execute(HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
        throw new UnsupportedOperationException("answers are not streamed");
    }

    /** The client's own timeouts are of no use here: this one is bounded already. */
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
                return ModelTransport.this;
            }
        };
    }

    @Override
    public void close() {
        http.close();
    }
}
