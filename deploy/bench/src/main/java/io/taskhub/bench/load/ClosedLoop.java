package io.taskhub.bench.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that each send their next request when the last one is answered: finds the throughput at a given concurrency. Its
 * latencies are those that the lanes saw, not those of clients who come on their own (see {@link OpenLoop}).
 */
public final class ClosedLoop {
    /** So that a suite that refuses everything is not asked a hundred thousand times a second. */
    private static final long AFTER_FAILURE_MS = 10;

    private static final long NANOS_PER_MICRO = 1_000;

    private final Vertx vertx;
    private final Limit limit;
    private final Supplier<Future<Reply>> request;
    private final Function<Reply, @Nullable String> complaint;
    private final Latencies latencies = new Latencies();
    private final Tally failures = new Tally();
    private final Promise<Outcome> done = Promise.promise();
    private long begin;
    private long sent;
    private long accepted;
    private int open;

    private ClosedLoop(
            Vertx vertx, Limit limit, Supplier<Future<Reply>> request, Function<Reply, @Nullable String> complaint) {
        this.vertx = vertx;
        this.limit = limit;
        this.request = request;
        this.complaint = complaint;
    }

    /** It ends at whichever comes first. Requests under way then are awaited. */
    public record Limit(long requests, Duration window) {
        boolean reached(long sent, long elapsedNanos) {
            return sent >= requests || elapsedNanos >= window.toNanos();
        }
    }

    /** @param complaint what is wrong with an answer, null when it is fine */
    public static Outcome run(
            Vertx vertx,
            int lanes,
            Limit limit,
            Supplier<Future<Reply>> request,
            Function<Reply, @Nullable String> complaint)
            throws InterruptedException {
        ClosedLoop loop = new ClosedLoop(vertx, limit, request, complaint);
        vertx.getOrCreateContext().runOnContext(_ -> loop.start(lanes));
        return Await.result("a closed loop", loop.done.future(), limit.window().plus(Duration.ofMinutes(2)));
    }

    private void start(int lanes) {
        begin = System.nanoTime();
        open = lanes;
        for (int i = 0; i < lanes; i++) {
            next();
        }
    }

    private void next() {
        long now = System.nanoTime();
        if (limit.reached(sent, now - begin)) {
            closeLane(now);
            return;
        }
        sent++;
        request.get().onComplete(answer -> settle(answer, now));
    }

    private void settle(AsyncResult<Reply> answer, long sentAt) {
        String wrong = answer.succeeded()
                ? complaint.apply(answer.result())
                : answer.cause().getClass().getSimpleName();
        if (wrong == null) {
            accepted++;
            latencies.add((System.nanoTime() - sentAt) / NANOS_PER_MICRO);
            next();
        } else {
            failures.add(wrong);
            vertx.setTimer(AFTER_FAILURE_MS, _ -> next());
        }
    }

    private void closeLane(long now) {
        open--;
        if (open == 0) {
            done.complete(new Outcome(accepted, failures.counts(), latencies, now - begin));
        }
    }
}
