package io.taskhub.worker.executor;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much output all runs of this process may keep together: hundreds of tasks with a mebibyte each would not fit into a
 * small heap. What finds no room is still streamed to the log; the kept output is then cut, and said to be.
 */
final class OutputBudget {
    private static final int SHARE_OF_HEAP = 4;

    /** A quarter of the heap: the one budget of this process. */
    static final OutputBudget OF_HEAP = new OutputBudget(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final long most;
    private final AtomicLong used = new AtomicLong();

    OutputBudget(long mostBytes) {
        this.most = mostBytes;
    }

    boolean take(long bytes) {
        if (used.addAndGet(bytes) <= most) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    void giveBack(long bytes) {
        used.addAndGet(-bytes);
    }
}
