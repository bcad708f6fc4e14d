package io.taskhub.task;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task to be created; every text was checked by its dialect before.
 *
 * @param id a UUIDv7 of the caller's choice; null = the intake makes one
 * @param priority −1 to 2
 * @param labels what a worker must have
 * @param runAt null or past = now
 * @param unique null = may exist any number of times
 * @param born null, or how the task ends at once without ever running
 */
public record NewTask(
        @Nullable TaskId id,
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
        @Nullable Born born) {

    /** A task that is finished when it is created. */
    public sealed interface Born {

        /** Archived. */
        record Failed(String message) implements Born {}

        /** Completed: its payload was all that was wanted of it. */
        record Completed() implements Born {}
    }

    /**
     * @param maxAttempts counted runs, at least 1
     * @param timeout zero = none
     * @param timeoutEndsIt TaskHub: a timeout is terminal; else it is a failed attempt
     */
    public record Limits(int maxAttempts, RetryPolicy retry, Duration timeout, boolean timeoutEndsIt) {}

    /** What a task holds a key by: who wants the same key while it is held gets no task but hears who holds it. */
    public sealed interface Unique {

        String key();

        /** Within {@code window} of the task's start time, and freed by its end or deletion (decisions §4). */
        record WhileOpen(String key, Duration window) implements Unique {}

        /** An order of {@code caller}'s: held for {@code window} whatever becomes of the task (architecture, item 6). */
        record Order(String caller, String name, Duration window) implements Unique {
            @Override
            public String key() {
                return PREFIX + caller + ":" + name;
            }
        }

        /** Begins every key of an {@link Order} and no other: those of {@link WhileOpen} are hexadecimal digests. */
        String PREFIX = "order:";

        /** From the task's start time. */
        Duration window();
    }
}
