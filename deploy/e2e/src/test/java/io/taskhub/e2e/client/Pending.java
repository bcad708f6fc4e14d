package io.taskhub.e2e.client;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An answer that takes its time. */
public final class Pending {
    private final CompletableFuture<HttpResponse<String>> exchange;

    Pending(CompletableFuture<HttpResponse<String>> exchange) {
        this.exchange = exchange;
    }

    public Reply await(Duration atMost) {
        try {
            HttpResponse<String> response = exchange.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), response.headers(), response.body());
        } catch (ExecutionException | TimeoutException e) {
            throw new AssertionError("no answer within " + atMost, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public boolean isAnswered() {
        return exchange.isDone();
    }

    /** Closes the connection without waiting for the answer. */
    public void hangUp() {
        exchange.cancel(true);
    }
}
