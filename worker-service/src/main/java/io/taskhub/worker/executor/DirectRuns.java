package io.taskhub.worker.executor;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs that somebody waits for ({@code POST /api/worker/execute}). Under an idempotency key there is one run: who comes while
 * it lasts waits for it, who comes lately after gets the same answer. A run whose last waiter has gone is stopped.
 */
@Singleton
public final class DirectRuns {
    private static final int REMEMBERED = 256;
    private static final long REMEMBERED_CHARS = 8L << 20;

    private final Runner runner;
    private final ConcurrentMap<DirectRun, Boolean> running = new ConcurrentHashMap<>();
    private final Object guard = new Object();
    private final Map<String, DirectRun> byKey = new HashMap<>();
    private final Map<String, DirectRun> finished = new LinkedHashMap<>();
    private long rememberedChars;

    @Inject
    public DirectRuns(Runner runner) {
        this.runner = runner;
    }

    /** One run with those who wait for it. */
    public static final class DirectRun {
        private final @Nullable String key;
        private final Execution execution;
        private final CompletableFuture<Ended> ended = new CompletableFuture<>();
        private int waiters;

        private DirectRun(@Nullable String key, Execution execution) {
            this.key = key;
            this.execution = execution;
        }

        public Execution execution() {
            return execution;
        }

        /** Waits for the end. */
        public Ended await() {
            return ended.join();
        }

        private synchronized void joined() {
            waiters++;
        }

        /** One who waited is gone. */
        public synchronized void left() {
            if (--waiters == 0 && !ended.isDone()) {
                execution.stop(Execution.Stop.CANCELLED);
            }
        }

        private long chars() {
            return (long) execution.stdout().text().length()
                    + execution.stderr().text().length();
        }
    }

    /** Starts a run on a thread of its own, or joins the one that has this key. */
    public DirectRun start(@Nullable String key, Work work) {
        DirectRun run = new DirectRun(key, new Execution(work, Voice.SILENT));
        run.joined();
        if (key != null) {
            synchronized (guard) {
                DirectRun earlier = finished.get(key);
                if (earlier == null) {
                    earlier = byKey.putIfAbsent(key, run);
                }
                if (earlier != null) {
                    earlier.joined();
                    return earlier;
                }
            }
        }
        running.put(run, true);
        Thread.startVirtualThread(() -> carryOut(run));
        return run;
    }

    private void carryOut(DirectRun run) {
        try {
            Ended ended = runner.run(run.execution);
            running.remove(run);
            remember(run);
            run.ended.complete(ended);
        } finally {
            running.remove(run);
            run.ended.completeExceptionally(new IllegalStateException("the run broke"));
        }
    }

    private void remember(DirectRun run) {
        String key = run.key;
        if (key == null) {
            return;
        }
        synchronized (guard) {
            byKey.remove(key);
            if (run.execution.stopped() == Execution.Stop.CANCELLED) {
                return;
            }
            finished.put(key, run);
            rememberedChars += run.chars();
            Iterator<DirectRun> eldest = finished.values().iterator();
            while (finished.size() > REMEMBERED || (rememberedChars > REMEMBERED_CHARS && finished.size() > 1)) {
                rememberedChars -= eldest.next().chars();
                eldest.remove();
            }
        }
    }

    /** Stops running ones by key, or by id when there is no key. Tells whether there was one. */
    public boolean cancel(String id, @Nullable String key) {
        boolean found = false;
        for (DirectRun run : running.keySet()) {
            if (key == null ? run.execution.work().logical().equals(id) : key.equals(run.key)) {
                run.execution.stop(Execution.Stop.CANCELLED);
                found = true;
            }
        }
        return found;
    }

    public void stopAll() {
        running.keySet().forEach(run -> run.execution.stop(Execution.Stop.CANCELLED));
    }

    public int running() {
        return running.size();
    }
}
