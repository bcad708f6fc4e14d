package io.taskhub.worker.executor;

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process with everything below it. {@link #end} leaves none of it: SIGTERM, two seconds later SIGKILL (decisions §3), to
 * the process group and to the descendants that left it.
 */
final class ProcessTree {
    private static final int SIGTERM = 15;
    private static final int SIGKILL = 9;
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long LOOK_MS = 20;

    private final Process process;
    private final boolean grouped;

    /** {@code grouped}: the process leads a group of its own, so its id is the group's. */
    ProcessTree(Process process, boolean grouped) {
        this.process = process;
        this.grouped = grouped;
    }

    /** Ends the process if it still runs, and what it left in the background in any case. A second interrupt only hurries it. */
    void end() {
        List<ProcessHandle> below = process.isAlive() ? process.descendants().toList() : List.of();
        if (process.isAlive()) {
            signal(SIGTERM, below);
            await(below);
        }
        signal(SIGKILL, below);
        // By its handle: Process.destroyForcibly() would also close the pipes, with its last words still in them.
        process.toHandle().destroyForcibly();
    }

    private void await(List<ProcessHandle> below) {
        long deadline = System.nanoTime() + GRACE_NANOS;
        try {
            while (System.nanoTime() < deadline
                    && (process.isAlive() || below.stream().anyMatch(ProcessHandle::isAlive))) {
                process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS);
                if (!process.isAlive()) {
                    Thread.sleep(LOOK_MS);
                }
            }
        } catch (InterruptedException e) {
            Thread.interrupted();
        }
    }

    private void signal(int signal, List<ProcessHandle> below) {
        if (grouped) {
            Signals.sendToGroup(process.pid(), signal);
        }
        for (ProcessHandle handle : below) {
            if (signal == SIGKILL) {
                handle.destroyForcibly();
            } else {
                handle.destroy();
            }
        }
        if (!grouped && signal == SIGTERM) {
            process.toHandle().destroy();
        }
    }
}
