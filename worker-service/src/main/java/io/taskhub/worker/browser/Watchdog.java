package io.taskhub.worker.browser;

import com.microsoft.playwright.PlaywrightException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Ends a browser that answers no more. Playwright's own limits hold where the page plays along; a page that never returns from a script
 * does not, and is killed a little later.
 */
final class Watchdog {
    private static final Duration MARGIN = Duration.ofSeconds(2);

    private final ScheduledExecutorService clock;
    private final BrowserSession session;
    private final long runEndNanos;

    Watchdog(ScheduledExecutorService clock, BrowserSession session, Duration run) {
        this.clock = clock;
        this.session = session;
        this.runEndNanos = System.nanoTime() + run.toNanos();
    }

    long runEndNanos() {
        return runEndNanos;
    }

    void step(Timeline time, Runnable work) {
        step(time, () -> {
            work.run();
            return Boolean.TRUE;
        });
    }

    /** Does the work in its time, and a margin more. */
    <T> T step(Timeline time, Supplier<T> work) {
        long ms = (long) time.leftMs() + MARGIN.toMillis();
        Future<?> kill = clock.schedule(session::kill, ms, TimeUnit.MILLISECONDS);
        try {
            return work.get();
        } catch (PlaywrightException e) {
            throw session.killed() ? time.timeout("not done") : e;
        } finally {
            kill.cancel(false);
        }
    }
}
