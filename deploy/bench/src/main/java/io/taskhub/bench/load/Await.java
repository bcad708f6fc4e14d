package io.taskhub.bench.load;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Where the main thread waits for the event loop. */
public final class Await {
    private Await() {}

    /**
     * @param what for the message
     * @throws IllegalStateException when it failed, or did not end in time
     */
    public static <T> T result(String what, Future<T> future, Duration atMost) throws InterruptedException {
        try {
            return future.toCompletionStage().toCompletableFuture().get(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(what + " failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException(what + " did not end within " + atMost.toSeconds() + " s", e);
        }
    }
}
