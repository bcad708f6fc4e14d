package io.taskhub.worker.document;

import java.util.concurrent.Semaphore;

/**
 * How much of the heap the documents of this process may take together: who wants more than is free waits, in order. Who
 * wants more than there is gets none: what it is for would break the process.
 */
final class HeapShare {
    private static final int SHARE_OF_HEAP = 3;
    private static final int UNIT = 1 << 10;

    /** A third of the heap. */
    static final HeapShare OF_PROCESS = new HeapShare(Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP);

    private final int most;
    private final Semaphore free;

    HeapShare(long bytes) {
        most = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / UNIT));
        free = new Semaphore(most, true);
    }

    /** @throws UnusablePageException when it is more than there is */
    Taken take(long bytes) throws InterruptedException, UnusablePageException {
        if (bytes > most * (long) UNIT) {
            throw new UnusablePageException("page takes about " + (bytes >> 20) + " MiB of memory, more than the "
                    + (most >> 10) + " MiB there are");
        }
        int units = units(bytes);
        free.acquire(units);
        return new Taken(units);
    }

    private int units(long bytes) {
        return (int) Math.min(most, bytes / UNIT + 1);
    }

    /** What one document holds. */
    final class Taken implements AutoCloseable {
        private int units;

        private Taken(int units) {
            this.units = units;
        }

        /** Gives back what is more than {@code bytes}. It never takes: whoever waited for more while holding some could wait for ever. */
        void shrink(long bytes) {
            int less = Math.min(units, units(bytes));
            free.release(units - less);
            units = less;
        }

        @Override
        public void close() {
            free.release(units);
            units = 0;
        }
    }
}
