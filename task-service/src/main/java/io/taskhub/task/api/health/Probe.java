package io.taskhub.task.api.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks something whether it is well: at most once a second however many ask, and never longer than a second. A check that hangs
 * counts as unwell and is interrupted.
 */
final class Probe {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Callable<Boolean> check;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last = new Answer(false, System.nanoTime() - FRESH.toNanos());

    private record Answer(boolean healthy, long atNanos) {}

    Probe(String name, Callable<Boolean> check) {
        this.name = name;
        this.check = check;
    }

    boolean healthy() {
        if (isFresh()) {
            return last.healthy();
        }
        asking.lock();
        try {
            if (!isFresh()) {
                last = new Answer(ask(), System.nanoTime());
            }
            return last.healthy();
        } finally {
            asking.unlock();
        }
    }

    private boolean isFresh() {
        return System.nanoTime() - last.atNanos() < FRESH.toNanos();
    }

    private boolean ask() {
        var answer = new FutureTask<>(check);
        Thread.ofVirtual().name("probe-" + name).start(answer);
        return await(answer);
    }

    private static boolean await(Future<Boolean> answer) {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            answer.cancel(true);
            return false;
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
