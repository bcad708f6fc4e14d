package io.taskhub.worker.executor;

import io.taskhub.contracts.Report.Outcome;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How a run ended. Its output is in the {@link Execution}.
 *
 * @param retryable false = trying again cannot help
 * @param exitCode the process's own, 128 + signal when killed, −1 after a timeout or a stop
 * @param message why it did not succeed, empty when it did
 * @param data the handler's result, a JSON value as text
 */
public record Ended(
        Outcome outcome,
        boolean retryable,
        int exitCode,
        String message,
        @Nullable String data) {
    private static final Ended SUCCESS = new Ended(Outcome.SUCCEEDED, true, 0, "", null);
    private static final int STOPPED = -1;
    private static final int MILLIS_DIGITS = 3;

    public static Ended success() {
        return SUCCESS;
    }

    public static Ended success(@Nullable String data) {
        return data == null ? SUCCESS : new Ended(Outcome.SUCCEEDED, true, 0, "", data);
    }

    public static Ended failed(int exitCode, String message) {
        return new Ended(Outcome.FAILED, true, exitCode, message, null);
    }

    /** Failed, and would fail again. */
    public static Ended hopeless(String message) {
        return new Ended(Outcome.FAILED, false, 1, message, null);
    }

    /** Decisions §3: "Task timeout after N seconds", N as it was configured: 2, 1.5. */
    public static Ended timedOut(long timeoutMs) {
        String seconds = BigDecimal.valueOf(timeoutMs, MILLIS_DIGITS)
                .stripTrailingZeros()
                .toPlainString();
        return new Ended(Outcome.TIMED_OUT, true, STOPPED, "Task timeout after " + seconds + " seconds", null);
    }

    static Ended stopped(Execution.Stop reason, long timeoutMs) {
        return switch (reason) {
            case TIMED_OUT -> timedOut(timeoutMs);
            case CANCELLED -> new Ended(Outcome.CANCELLED, true, STOPPED, "task cancelled", null);
            case HANDED_BACK, LOST -> new Ended(Outcome.HANDED_BACK, true, STOPPED, "handed back", null);
        };
    }
}
