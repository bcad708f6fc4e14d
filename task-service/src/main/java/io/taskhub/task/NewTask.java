package io.taskhub.task;

import io.taskhub.contracts.Origin;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be created; every text was checked by its dialect before.
 *
 * @param priority −1 to 2
 * @param labels what a worker must have
 * @param runAt null or past = now
 * @param unique null = may exist any number of times
 * @param bornFailed null, or the message with which the task is archived at once without ever running
 */
public record NewTask(
        Origin origin,
        String type,
        String queue,
        int priority,
        List<String> labels,
        @Nullable Instant runAt,
        Limits limits,
        Task.Description description,
        Task.Link link,
        @Nullable Unique unique,
        @Nullable String bornFailed) {

    /**
     * @param maxAttempts counted runs, at least 1
     * @param timeout zero = none
     * @param timeoutEndsIt TaskHub: a timeout is terminal; else it is a failed attempt
     */
    public record Limits(int maxAttempts, RetryPolicy retry, Duration timeout, boolean timeoutEndsIt) {}

    /** At most one unfinished task per {@code key} within {@code window} of its start time (decisions §4). */
    public record Unique(String key, Duration window) {}
}
