package io.taskhub.worker.lease;

import java.util.concurrent.ThreadLocalRandom;

/**
 * How long to leave a service alone that did not answer: doubling, because one that is degraded is likely to stay degraded,
 * and never the same for two workers, because they all lost it at the same moment.
 */
final class Backoff {
    private final long firstMs;
    private final long mostMs;
    private long nextMs;

    Backoff(long firstMs, long mostMs) {
        this.firstMs = firstMs;
        this.mostMs = mostMs;
        this.nextMs = firstMs;
    }

    /** Half to the whole of the current step, in milliseconds; the next step is twice as long. */
    long next() {
        long step = nextMs;
        nextMs = Math.min(mostMs, step * 2);
        return step / 2 + ThreadLocalRandom.current().nextLong(step / 2 + 1);
    }

    void pause() throws InterruptedException {
        Thread.sleep(next());
    }

    void reset() {
        nextMs = firstMs;
    }
}
