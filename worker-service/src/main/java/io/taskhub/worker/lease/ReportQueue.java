package io.taskhub.worker.lease;

import io.taskhub.contracts.Report;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Reports that wait for a sender. A batch has at most 256 reports and about 4 MiB. Reports of one claim are never with two
 * senders at once, so they arrive in the order in which they were put. While one request is under way a second one starts
 * only for a good number of reports or one that has waited 20 ms: otherwise two senders would halve each other's batches.
 */
final class ReportQueue {
    private static final int MOST = 256;
    private static final long MOST_BYTES = 4 << 20;
    private static final int WORTH_A_SECOND_REQUEST = 64;
    private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int OVERHEAD_BYTES = 256;

    /** {@code answered} runs once the report needs no further care. */
    record Entry(LeasedRun run, Report report, Runnable answered) {

        private int bytes() {
            return OVERHEAD_BYTES
                    + switch (report) {
                        case Report.Result result ->
                            result.stdout().length() + result.stderr().length() + length(result.data());
                        case Report.Progress progress -> length(progress.data());
                    };
        }

        private static int length(@Nullable String data) {
            return data == null ? 0 : data.length();
        }
    }

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Entry> waiting = new ArrayDeque<>();
    private final Set<LeasedRun> underWay = new HashSet<>();
    private int requests;
    private int carried;

    void put(Entry entry) {
        lock.lock();
        try {
            waiting.add(entry);
            if (requests == 0 || waiting.size() == WORTH_A_SECOND_REQUEST || waiting.size() == 1) {
                changed.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size() + carried;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something to send. {@link #done} must follow. */
    List<Entry> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long patience = PATIENCE_NANOS;
                while (waiting.isEmpty()) {
                    changed.await();
                }
                while (requests > 0 && waiting.size() < WORTH_A_SECOND_REQUEST && patience > 0) {
                    patience = changed.awaitNanos(patience);
                }
                List<Entry> batch = collect();
                if (!batch.isEmpty()) {
                    requests++;
                    carried += batch.size();
                    return batch;
                }
                if (!waiting.isEmpty()) {
                    // All that waits belongs to claims that the other sender is busy with.
                    changed.await();
                }
            }
        } finally {
            lock.unlock();
        }
    }

    void done(List<Entry> batch) {
        lock.lock();
        try {
            requests--;
            carried -= batch.size();
            batch.forEach(entry -> underWay.remove(entry.run()));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private List<Entry> collect() {
        List<Entry> batch = new ArrayList<>(Math.min(MOST, waiting.size()));
        Set<LeasedRun> taken = new HashSet<>();
        long bytes = 0;
        for (Iterator<Entry> entries = waiting.iterator(); entries.hasNext() && batch.size() < MOST; ) {
            Entry entry = entries.next();
            if (underWay.contains(entry.run())) {
                continue;
            }
            bytes += entry.bytes();
            if (!batch.isEmpty() && bytes > MOST_BYTES) {
                break;
            }
            entries.remove();
            batch.add(entry);
            taken.add(entry.run());
        }
        underWay.addAll(taken);
        return batch;
    }
}
