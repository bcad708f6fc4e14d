package io.taskhub.bench.load;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.ObjIntConsumer;

/**
 * Requests sent on a fixed schedule, like clients who do not know of each other. A latency counts from the moment the
 * schedule wanted the request sent, so a stall is felt by everyone who came during it (no coordinated omission).
 */
public final class OpenLoop {
    private static final long NANOS_PER_MICRO = 1_000;

    private final Schedule schedule;
    private final IntFunction<Future<Reply>> request;
    private final ObjIntConsumer<Reply> accept;
    private final Latencies latencies = new Latencies();
    private final Tally failures = new Tally();
    private final Promise<Outcome> done = Promise.promise();
    private long begin;
    private Instant beginTime = Instant.EPOCH;
    private long accepted;
    private int settled;

    public OpenLoop(Schedule schedule, IntFunction<Future<Reply>> request, ObjIntConsumer<Reply> accept) {
        this.schedule = schedule;
        this.request = request;
        this.accept = accept;
    }

    /** By the wall clock, when request {@code n} was due; known once it runs. */
    public Instant due(int n) {
        return beginTime.plusNanos(schedule.dueNanos(n));
    }

    /** Sends all from the calling thread's pace, awaits their answers. */
    public Outcome run(Vertx vertx) throws InterruptedException {
        Context loop = vertx.getOrCreateContext();
        begin = System.nanoTime();
        beginTime = Instant.now();
        for (int i = 0; i < schedule.count(); i++) {
            int n = i;
            long due = begin + schedule.dueNanos(n);
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
            loop.runOnContext(_ -> request.apply(n).onComplete(answer -> settle(answer, n, due)));
        }
        return Await.result("an open loop", done.future(), Duration.ofMinutes(2));
    }

    private void settle(AsyncResult<Reply> answer, int n, long due) {
        long now = System.nanoTime();
        String wrong = answer.succeeded()
                ? answer.result().complaint()
                : answer.cause().getClass().getSimpleName();
        if (wrong == null) {
            accepted++;
            latencies.add((now - due) / NANOS_PER_MICRO);
            accept.accept(answer.result(), n);
        } else {
            failures.add(wrong);
        }
        settled++;
        if (settled == schedule.count()) {
            done.complete(new Outcome(accepted, failures.counts(), latencies, now - begin));
        }
    }
}
