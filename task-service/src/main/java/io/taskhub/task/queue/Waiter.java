package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A claim request that waits. A signal that comes while it is busy asking is kept, so none is lost. */
final class Waiter {
    final Profile profile;
    final UUID session;
    final UUID request;
    final int max;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean signalled;
    private boolean abandoned;

    Waiter(Profile profile, Lease.ClaimRequest request) {
        this.profile = profile;
        this.session = request.session();
        this.request = request.request();
        this.max = request.max();
    }

    void signal() {
        set(false);
    }

    /** Nobody waits for the answer any more. */
    void abandon() {
        set(true);
    }

    private void set(boolean leave) {
        lock.lock();
        try {
            signalled = true;
            abandoned |= leave;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    boolean isAbandoned() {
        lock.lock();
        try {
            return abandoned;
        } finally {
            lock.unlock();
        }
    }

    /** Takes the signal that is there; whatever happens from here on gives a new one. */
    boolean consume() {
        lock.lock();
        try {
            boolean was = signalled;
            signalled = false;
            return was;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for a signal, at most so long. */
    void await(long nanos) {
        lock.lock();
        try {
            long left = nanos;
            while (!signalled && left > 0) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            abandoned = true;
            Thread.currentThread().interrupt();
        } finally {
            lock.unlock();
        }
    }

    static long nanos(long millis) {
        return TimeUnit.MILLISECONDS.toNanos(millis);
    }
}
