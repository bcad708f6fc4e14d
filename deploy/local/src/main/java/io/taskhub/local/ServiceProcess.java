package io.taskhub.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One instance of a service: started, started again with growing pauses when it dies by itself, stopped. */
final class ServiceProcess {
    private static final long STEADY_NANOS = Duration.ofSeconds(60).toNanos();
    private static final int LONGEST_PAUSE_SECONDS = 15;
    private static final int STOP_SECONDS = 15;

    private final Topology.Instance instance;
    private final List<String> command;
    private final Map<String, String> environment;
    private final Path log;
    private final Consumer<String> screen;
    private final Runnable changed;
    private @Nullable Process process;
    private @Nullable Process killed;
    private boolean wanted;
    private int pauseSeconds = 1;
    private int deaths;
    private long startedAt;

    ServiceProcess(
            Topology.Instance instance,
            List<String> command,
            Map<String, String> environment,
            Path log,
            Consumer<String> screen,
            Runnable changed) {
        this.instance = instance;
        this.command = command;
        this.environment = environment;
        this.log = log;
        this.screen = screen;
        this.changed = changed;
    }

    Topology.Instance instance() {
        return instance;
    }

    Path log() {
        return log;
    }

    /** How often it ended without being asked to, since it last ran steadily. */
    synchronized int deaths() {
        return deaths;
    }

    void start() {
        want();
        startIfWanted();
    }

    private synchronized void want() {
        wanted = true;
    }

    /** Who is told of it asks all instances how they are: no lock may be held by then. */
    private void startIfWanted() {
        if (launch()) {
            changed.run();
        }
    }

    private synchronized boolean launch() {
        if (process != null || !wanted) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process fresh = builder.start();
            process = fresh;
            startedAt = System.nanoTime();
            Thread.ofVirtual().name("supervise-" + instance.name()).start(() -> supervise(fresh));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + instance.name(), e);
        }
    }

    /** SIGTERM, then SIGKILL when it has not ended in time. It stays down until {@link #start()}. */
    void stop() {
        Process running = forget();
        if (running == null) {
            return;
        }
        running.destroy();
        try {
            if (!running.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                running.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            running.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        changed.run();
    }

    /** SIGKILL; the supervisor then starts it again. */
    synchronized void kill() {
        if (process != null) {
            killed = process;
            process.destroyForcibly();
        }
    }

    /** Process id, or -1 while it is down. */
    synchronized long pid() {
        return process != null && process.isAlive() ? process.pid() : -1;
    }

    private synchronized @Nullable Process forget() {
        wanted = false;
        Process running = process;
        process = null;
        return running;
    }

    private void supervise(Process running) {
        try {
            int code = running.waitFor();
            int pause = pauseAfterDeath(running);
            if (pause > 0) {
                changed.run();
                screen.accept("%s ended with %d, starting it again in %d s (log: %s)"
                        .formatted(instance.name(), code, pause, log));
                TimeUnit.SECONDS.sleep(pause);
                startIfWanted();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (UncheckedIOException e) {
            screen.accept(instance.name() + " cannot be started again: " + e.getMessage());
        }
    }

    /** Seconds to wait before the next start, or 0 when this process was told to end. */
    private synchronized int pauseAfterDeath(Process dead) {
        if (process != dead) {
            return 0;
        }
        process = null;
        if (dead == killed) {
            return 1; // a test's doing says nothing about its health
        }
        boolean steady = System.nanoTime() - startedAt > STEADY_NANOS;
        deaths = steady ? 1 : deaths + 1;
        int pause = steady ? 1 : pauseSeconds;
        pauseSeconds = Math.min(pause * 2, LONGEST_PAUSE_SECONDS);
        return pause;
    }
}
