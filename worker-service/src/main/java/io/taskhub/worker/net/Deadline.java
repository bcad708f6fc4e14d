package io.taskhub.worker.net;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.core5.concurrent.Cancellable;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call that takes too long by cancelling the request it is at, wherever that stands. A socket's own timeout would not do: it
 * starts anew with every byte, and a server may send one every few seconds.
 */
final class Deadline implements AutoCloseable {
    private final ScheduledExecutorService timer;
    private final Future<?> whole;
    private @Nullable Cancellable request;
    private @Nullable String passed;

    Deadline(ScheduledExecutorService timer, Duration total) {
        this.timer = timer;
        this.whole = after(total, "took longer than");
    }

    /** From here on it is this request that is cancelled, {@code headers} from now unless the future is cancelled before. */
    Future<?> watch(Cancellable next, Duration headers) {
        synchronized (this) {
            request = next;
            if (passed != null) {
                next.cancel();
            }
        }
        return after(headers, "no answer within");
    }

    /** @throws SocketTimeoutException when the time is over */
    synchronized void check() throws SocketTimeoutException {
        if (passed != null) {
            throw new SocketTimeoutException(passed);
        }
    }

    private Future<?> after(Duration limit, String complaint) {
        String message = complaint + " " + limit.toMillis() / 1e3 + " s";
        return limit.isZero()
                ? CompletableFuture.completedFuture(null)
                : timer.schedule(() -> expire(message), limit.toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized void expire(String message) {
        if (passed == null) {
            passed = message;
        }
        if (request != null) {
            request.cancel();
        }
    }

    @Override
    public void close() {
        whole.cancel(false);
    }
}
