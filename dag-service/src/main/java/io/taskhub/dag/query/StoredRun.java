package io.taskhub.dag.query;

import io.taskhub.dag.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * A run as it stands. Times in epoch milliseconds.
 *
 * @param endMs 0 while it runs
 * @param message "" unless it ended without success
 * @param params a JSON object as text
 */
public record StoredRun(
        String id,
        String name,
        String source,
        RunStatus status,
        long startMs,
        long endMs,
        Counts counts,
        String message,
        String failPolicy,
        int maxParallel,
        String params,
        @Nullable String templateId,
        @Nullable String cronJobId,
        String createdBy) {

    /** Of its nodes; {@code total} counts those that have not ended, too. */
    public record Counts(int total, int success, int failed, int skipped) {}
}
