package io.taskhub.worker.executor;

import java.io.IOException;
import java.io.InputStream;

/**
 * Copies one pipe of a process to where its output is kept. On a platform thread: a read of a pipe blocks the thread below
 * it, and a few hundred of those would leave no carrier for anybody's virtual threads.
 */
final class PipeReader {
    private static final int CHUNK = 8 << 10;

    private final Thread thread;

    private PipeReader(Thread thread) {
        this.thread = thread;
    }

    static PipeReader start(InputStream pipe, Captured sink) {
        return new PipeReader(Thread.ofPlatform().daemon().name("pipe-reader").start(() -> copy(pipe, sink)));
    }

    /** Waits for the end of the pipe; a process that escaped and holds it open is not waited for longer than this. */
    void join(long ms) throws InterruptedException {
        thread.join(ms);
    }

    private static void copy(InputStream pipe, Captured sink) {
        byte[] chunk = new byte[CHUNK];
        try (pipe) {
            for (int count = pipe.read(chunk); count >= 0; count = pipe.read(chunk)) {
                sink.write(chunk, 0, count);
            }
        } catch (IOException e) {
            // The pipe was closed under us: its process is gone, and so is what it had to say.
            return;
        }
    }
}
