package io.taskhub.worker.browser;

import java.time.Duration;

/** How long a step may go on. */
record Timeline(String step, long endNanos, long limitMs) {
    private static final long NANOS = 1_000_000;

    /** @param runEndNanos when the whole run has to be over */
    static Timeline of(String step, Duration limit, long runEndNanos) {
        long now = System.nanoTime();
        long end = now + Math.min(limit.toNanos(), runEndNanos - now);
        return new Timeline(step, end, (end - now) / NANOS);
    }

    boolean over() {
        return System.nanoTime() - endNanos >= 0;
    }

    /** At least 1: Playwright takes 0 for no limit. */
    double leftMs() {
        return (double) Math.max(1, (endNanos - System.nanoTime()) / NANOS);
    }

    double leftMs(long most) {
        return Math.min((double) most, leftMs());
    }

    RunFailure timeout(String what) {
        return new RunFailure(ErrorCode.STEP_TIMEOUT, "%s: %s within %d ms".formatted(step, what, limitMs));
    }
}
