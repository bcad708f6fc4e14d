package io.taskhub.worker.executor;

import io.taskhub.contracts.Report.Outcome;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A run that somebody waits for, with all its attempts: there is no engine behind it that would count them. */
public final class DirectRun {
    private static final long LONGEST_DELAY_MS = 3_600_000;

    /**
     * How often to try.
     *
     * @param most at least 1
     * @param delayMs before the second attempt
     * @param doubling whether each further delay is twice as long
     */
    public record Attempts(int most, long delayMs, boolean doubling) {

        /** Milliseconds to wait after this attempt has failed. */
        long delayAfter(int attempt) {
            long factor = doubling ? 1L << Math.min(attempt - 1, 30) : 1;
            return Math.min(LONGEST_DELAY_MS, Math.min(delayMs, LONGEST_DELAY_MS) * factor);
        }
    }

    /** How the last attempt ended. */
    public record Finished(Ended ended, Execution execution, int attempt) {}

    private final @Nullable String key;
    private final Work work;
    private final Attempts attempts;
    private final CompletableFuture<Finished> finished = new CompletableFuture<>();
    private @Nullable Execution current;
    private boolean cancelled;
    private int waiters = 1;

    DirectRun(@Nullable String key, Work work, Attempts attempts) {
        this.key = key;
        this.work = work;
        this.attempts = attempts;
    }

    @Nullable
    String key() {
        return key;
    }

    Work work() {
        return work;
    }

    /** Waits for the end. */
    public Finished await() {
        return finished.join();
    }

    synchronized void joined() {
        waiters++;
    }

    /** One who waited is gone. With the last one goes the run. */
    public synchronized void left() {
        if (--waiters == 0) {
            cancel();
        }
    }

    synchronized void cancel() {
        cancelled = true;
        if (current != null) {
            current.stop(Execution.Stop.CANCELLED);
        }
        notifyAll();
    }

    synchronized boolean cancelled() {
        return cancelled;
    }

    /** A timeout is terminal, as is what no repetition can mend (decisions §3). */
    Finished carryOut(Runner runner) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Execution execution = begin(attempt);
            Ended ended = runner.run(execution);
            boolean again = ended.outcome() == Outcome.FAILED && ended.retryable() && attempt < attempts.most();
            execution.release();
            if (!again || !pause(attempts.delayAfter(attempt))) {
                return new Finished(ended, execution, attempt);
            }
        }
    }

    void finish(Finished result) {
        finished.complete(result);
    }

    void broke(Throwable thrown) {
        finished.completeExceptionally(thrown);
    }

    private synchronized Execution begin(int attempt) {
        Execution execution = new Execution(work.attempt(attempt), Voice.SILENT);
        current = execution;
        if (cancelled) {
            execution.stop(Execution.Stop.CANCELLED);
        }
        return execution;
    }

    private synchronized boolean pause(long ms) throws InterruptedException {
        long deadline = System.nanoTime() + ms * 1_000_000;
        for (long left = ms; left > 0 && !cancelled; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        return !cancelled;
    }
}
