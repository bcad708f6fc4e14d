package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line that a task wrote, on {@link Topics#TASK_LOGS}. (task, claim, n) is its identity: storing it twice is storing it
 * once.
 *
 * @param claim the fence of the run that wrote it
 * @param n from 1, without gaps within a claim
 * @param level 0 debug, 1 info, 2 warn, 3 error
 * @param stream 0 none, 1 stdout, 2 stderr, 3 event
 * @param message at most 64 KiB
 * @param duration_ms since the attempt started
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record LogRecord(
        TaskId task,
        long number,
        String logical,
        @Nullable String run_id,
        @Nullable String cron_job_id,
        int claim,
        int n,
        int attempt,
        String worker,
        int level,
        int stream,
        String message,
        long ts_ms,
        long duration_ms,
        @Nullable Map<String, String> fields) {

    private static final long SEQ_PER_CLAIM = 1_000_000;

    /** What clients see as {@code seq} (decisions §3): increasing over retries, with gaps. */
    @JsonIgnore
    public long seq() {
        return seq(claim, n);
    }

    /** {@link #seq()} of any claim and number. */
    public static long seq(int claim, int n) {
        return (claim - 1) * SEQ_PER_CLAIM + n;
    }
}
