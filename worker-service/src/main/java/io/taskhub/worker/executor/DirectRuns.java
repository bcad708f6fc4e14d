package io.taskhub.worker.executor;

import io.taskhub.worker.executor.DirectRun.Finished;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Runs that somebody waits for ({@code POST /api/worker/execute}). Under an idempotency key there is one run: who comes while
 * it lasts waits for it, who comes soon after gets the same answer.
 */
@Singleton
public final class DirectRuns {
    private static final int REMEMBERED = 256;
    private static final long REMEMBERED_CHARS = 8L << 20;

    private final Runner runner;
    private final Set<DirectRun> running = ConcurrentHashMap.newKeySet();
    private final Object guard = new Object();
    private final Map<String, DirectRun> runningByKey = new HashMap<>();
    private final Map<String, DirectRun> finishedByKey = new LinkedHashMap<>();
    private long rememberedChars;

    @Inject
    public DirectRuns(Runner runner) {
        this.runner = runner;
    }

    /** Starts a run on a thread of its own, or joins the one that has this key. {@link DirectRun#left} must follow. */
    public DirectRun start(@Nullable String key, Work work, DirectRun.Attempts attempts) {
        DirectRun run = new DirectRun(key, work, attempts);
        if (key != null) {
            synchronized (guard) {
                DirectRun earlier = finishedByKey.get(key);
                if (earlier == null) {
                    earlier = runningByKey.putIfAbsent(key, run);
                }
                if (earlier != null) {
                    earlier.joined();
                    return earlier;
                }
            }
        }
        running.add(run);
        Thread.startVirtualThread(() -> carryOut(run));
        return run;
    }

    private void carryOut(DirectRun run) {
        try {
            Finished finished = run.carryOut(runner);
            // Remembered before anybody hears: the last one who leaves would otherwise still cancel it.
            settle(run, finished);
            run.finish(finished);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            run.broke(e);
        } finally {
            running.remove(run);
        }
    }

    /** What was cancelled is not remembered: who asks again means it. */
    private void settle(DirectRun run, Finished finished) {
        String key = run.key();
        if (key == null) {
            return;
        }
        synchronized (guard) {
            runningByKey.remove(key);
            if (run.cancelled()) {
                return;
            }
            finishedByKey.put(key, run);
            rememberedChars += chars(finished);
            Iterator<DirectRun> eldest = finishedByKey.values().iterator();
            while (finishedByKey.size() > REMEMBERED
                    || (rememberedChars > REMEMBERED_CHARS && finishedByKey.size() > 1)) {
                rememberedChars -= chars(eldest.next().await());
                eldest.remove();
            }
        }
    }

    private static long chars(Finished finished) {
        return (long) finished.execution().stdout().text().length()
                + finished.execution().stderr().text().length();
    }

    /** Stops running ones by key, or by id when there is no key. Tells whether there was one. */
    public boolean cancel(String id, @Nullable String key) {
        boolean found = false;
        for (DirectRun run : running) {
            if (key == null ? run.work().logical().equals(id) : key.equals(run.key())) {
                run.cancel();
                found = true;
            }
        }
        return found;
    }

    public void stopAll() {
        running.forEach(DirectRun::cancel);
    }

    public int running() {
        return running.size();
    }
}
