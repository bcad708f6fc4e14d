package io.taskhub.worker.lease;

import io.taskhub.worker.WorkerConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * How much more this process takes on. Running tasks count against the concurrency; all that are held (running, or ended and
 * not yet answered) against four times as much, so a task-service that answers slowly is not buried under results.
 */
@Singleton
public final class Capacity {
    private static final int BACKLOG = 4;

    private final int concurrency;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition freed = lock.newCondition();
    private int running;
    private int held;
    private int wanted = Integer.MAX_VALUE;

    @Inject
    public Capacity(WorkerConfig config) {
        this(config.concurrency());
    }

    Capacity(int concurrency) {
        if (concurrency < 1) {
            throw new IllegalArgumentException("taskhub.worker.concurrency must be at least 1");
        }
        this.concurrency = concurrency;
    }

    public int concurrency() {
        return concurrency;
    }

    public int running() {
        lock.lock();
        try {
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Running, or ended and not yet answered. */
    public int held() {
        lock.lock();
        try {
            return held;
        } finally {
            lock.unlock();
        }
    }

    void started() {
        lock.lock();
        try {
            running++;
            held++;
        } finally {
            lock.unlock();
        }
    }

    void ended() {
        lock.lock();
        try {
            running--;
            signal();
        } finally {
            lock.unlock();
        }
    }

    void forgotten() {
        lock.lock();
        try {
            held--;
            signal();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits until something is free, and then a moment longer while less than {@code enough} is: a saturated worker would
     * otherwise claim one task per request. An idle one never waits.
     *
     * @return what is free, at least 1
     */
    int awaitFree(int enough, long patienceMs) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            wanted = 1;
            while (free() < 1) {
                freed.await();
            }
            wanted = enough;
            long left = TimeUnit.MILLISECONDS.toNanos(patienceMs);
            while (free() < enough && left > 0) {
                left = freed.awaitNanos(left);
            }
            return Math.max(1, free());
        } finally {
            wanted = Integer.MAX_VALUE;
            lock.unlock();
        }
    }

    private int free() {
        return Math.min(concurrency - running, BACKLOG * concurrency - held);
    }

    private void signal() {
        if (free() >= wanted) {
            freed.signalAll();
        }
    }
}
