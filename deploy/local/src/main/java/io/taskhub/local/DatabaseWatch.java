package io.taskhub.local;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Starts PostgreSQL again when it dies without having been stopped. It is no child of ours, so somebody has to look. */
final class DatabaseWatch {
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private final EmbeddedPostgres postgres;
    private final Consumer<String> screen;
    private @Nullable Thread thread;

    DatabaseWatch(EmbeddedPostgres postgres, Consumer<String> screen) {
        this.postgres = postgres;
        this.screen = screen;
    }

    synchronized void start() {
        thread = Thread.ofVirtual().name("supervise-postgres").start(this::watch);
    }

    synchronized void stop() {
        if (thread != null) {
            thread.interrupt();
            thread = null;
        }
    }

    private void watch() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(PAUSE);
                lookOnce();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void lookOnce() {
        try {
            if (postgres.revive()) {
                screen.accept("PostgreSQL had ended, started it again");
            }
        } catch (IllegalStateException e) {
            screen.accept("PostgreSQL has ended and does not start: " + e.getMessage());
        }
    }
}
