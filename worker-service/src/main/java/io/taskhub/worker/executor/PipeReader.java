package io.taskhub.worker.executor;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Copies one pipe of a process to where its output is kept. On a platform thread: a read of a pipe blocks the thread below
 * it, and a few hundred of those would leave no carrier for anybody's virtual threads.
 */
final class PipeReader {
    private static final int CHUNK = 8 << 10;

    private static final long LOOK_MS = 10;

    private final InputStream pipe;
    private final Captured sink;
    private final Thread thread;
    private volatile boolean delivers;

    private PipeReader(InputStream pipe, Captured sink) {
        this.pipe = pipe;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("pipe-reader").unstarted(this::copy);
    }

    static PipeReader start(InputStream pipe, Captured sink) {
        PipeReader reader = new PipeReader(pipe, sink);
        reader.thread.start();
        return reader;
    }

    /**
     * Waits for the end of the pipe; a process that escaped and holds it open is not waited for longer than this. The time that the
     * sink takes does not count: while Kafka is away a line waits in the log, and what is behind it in the pipe is still to come.
     */
    void join(long ms) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(ms);
        while (thread.isAlive() && left > 0) {
            long before = System.nanoTime();
            thread.join(LOOK_MS);
            left -= delivers ? 0 : System.nanoTime() - before;
        }
    }

    private void copy() {
        byte[] chunk = new byte[CHUNK];
        try (pipe) {
            for (int count = pipe.read(chunk); count >= 0; count = pipe.read(chunk)) {
                delivers = true;
                sink.write(chunk, 0, count);
                delivers = false;
            }
        } catch (IOException e) {
            // The pipe was closed under us: its process is gone, and so is what it had to say.
            return;
        }
    }
}
