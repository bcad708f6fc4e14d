package io.taskhub.task.api.health;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Asks something whether it is well: at most once a second however many ask, and never longer than a second. A check that hangs is
 * interrupted. Who was well and is silent once is not unwell yet: this machine may be busy, and whoever asks again gets the next look.
 */
final class Probe {
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final String name;
    private final Callable<Boolean> check;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Answer last = new Answer(Word.NO, System.nanoTime() - FRESH.toNanos());

    /** What a look found. */
    private enum Word {
        YES,
        /** No answer in time, after a yes. */
        SILENT,
        NO
    }

    private record Answer(Word word, long atNanos) {
        boolean healthy() {
            return word != Word.NO;
        }
    }

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

    private Word ask() {
        var answer = new FutureTask<>(check);
        Thread.ofVirtual().name("probe-" + name).start(answer);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) ? Word.YES : Word.NO;
        } catch (TimeoutException e) {
            answer.cancel(true);
            return silent();
        } catch (ExecutionException e) {
            return e.getCause() instanceof TimeoutException ? silent() : Word.NO;
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            return Word.NO;
        }
    }

    private Word silent() {
        return last.word() == Word.YES ? Word.SILENT : Word.NO;
    }
}
