package io.taskhub.worker.logs;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.LogRecord;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The log of one claim: gives its records their numbers, and knows which of them are still on their way. */
public final class TaskLog {
    /** (claim − 1)·1,000,000 + n is the sequence that clients see: a claim has room for no more. */
    static final int MOST = 999_999;

    private static final int WARN = 2;
    private static final int EVENT = 3;
    private static final long LOOK_MS = 200;

    /** A little more than the producer's delivery timeout: it has given up by then. */
    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(130);

    private final Lease lease;
    private final String worker;
    private final LogSender sender;
    private final long startedMs = System.currentTimeMillis();
    private final Object settling = new Object();
    private int count;
    private int pending;

    TaskLog(Lease lease, String worker, LogSender sender) {
        this.lease = lease;
        this.worker = worker;
        this.sender = sender;
    }

    /** Called from several threads; numbers and the order of sending agree. */
    public synchronized void add(int level, int stream, String message, @Nullable Map<String, String> fields) {
        if (count >= MOST) {
            return;
        }
        count++;
        if (count == MOST) {
            send(WARN, EVENT, "log limit reached: further lines are dropped", null);
        } else {
            send(level, stream, message, fields);
        }
    }

    private void send(int level, int stream, String message, @Nullable Map<String, String> fields) {
        long now = System.currentTimeMillis();
        synchronized (settling) {
            pending++;
        }
        sender.send(
                new LogRecord(
                        lease.task(),
                        lease.number(),
                        lease.logical(),
                        lease.run_id(),
                        lease.cron_job_id(),
                        lease.claim(),
                        count,
                        lease.attempt(),
                        worker,
                        level,
                        stream,
                        message,
                        now,
                        Math.max(0, now - startedMs),
                        fields),
                lease.origin(),
                this::settled);
    }

    /** Called by the producer's own thread, so never behind a writer that waits for that thread to free the buffer. */
    private void settled() {
        synchronized (settling) {
            pending--;
            settling.notifyAll();
        }
    }

    private boolean isPending() {
        synchronized (settling) {
            return pending > 0;
        }
    }

    /** How many records the claim wrote. */
    public synchronized int count() {
        return count;
    }

    /**
     * Waits until every record is stored, so that the result never overtakes the log. While Kafka is down this lasts until the
     * producer gives up (two minutes); {@code dropped} ends it earlier.
     */
    public void awaitSent(BooleanSupplier dropped) {
        long deadline = System.nanoTime() + LONGEST_NANOS;
        if (isPending()) {
            sender.hurry();
        }
        synchronized (settling) {
            while (pending > 0 && !dropped.getAsBoolean() && System.nanoTime() < deadline) {
                try {
                    settling.wait(LOOK_MS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }
}
