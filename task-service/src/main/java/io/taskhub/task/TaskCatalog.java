package io.taskhub.task;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How an operator looks over all tasks, children included, whatever door they came in by. All calls block. */
public interface TaskCatalog {
    /** How many tasks a look at more than a page takes in, newest first. It bounds what any such call can cost. */
    int REACH = 100_000;

    /** How far down a page may begin. */
    int DEEPEST = 1_000_000;

    /**
     * What stands at {@code query}; newest first. Of more than {@link #REACH} tasks that wait, and of those that succeeded, only what is
     * among about as many of the newest of all, as far down as the page is.
     */
    Page page(Query query);

    /** How many tasks there are and how many ended in the last {@code window}; where there are more than {@link #REACH}, up to a second old. */
    Totals totals(Duration window);

    /** The same task to be created once more, on nobody's account and linked to nothing; empty when there is no such task. */
    Optional<NewTask> asOrdered(TaskId id);

    /** Where a task stands, told in five words. */
    enum Phase {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED,
        CANCELED;

        public static Phase of(TaskState state) {
            return switch (state) {
                case SCHEDULED, PENDING, RETRY -> QUEUED;
                case ACTIVE -> RUNNING;
                case COMPLETED -> SUCCEEDED;
                case ARCHIVED -> FAILED;
                case CANCELLED -> CANCELED;
            };
        }

        /** Nothing happens to the task any more. */
        public boolean isEnd() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * Which page of which tasks.
     *
     * @param phase null = all
     * @param types empty = all
     * @param notTypes none of these
     * @param offset 0 to {@link #DEEPEST}
     */
    record Query(@Nullable Phase phase, Set<String> types, Set<String> notTypes, int offset, int size) {
        public boolean choosesTypes() {
            return !types.isEmpty() || !notTypes.isEmpty();
        }
    }

    /**
     * Tasks without what may be large: no output but the start of an error, no result, and a payload only up to 64 KiB.
     *
     * @param total exact by phase; where types are chosen, counted among the newest {@link #REACH} tasks of the phase
     */
    record Page(List<Task> tasks, long total) {}

    /**
     * @param queued exact, as {@code running} and the ends of all that are kept
     * @param recently how many ended so within the window, counted among the newest {@link #REACH} tasks, and as many
     *     of the newest that failed or were cancelled
     * @param cut whether there are more tasks than were looked at for {@code recently}
     */
    record Totals(long queued, long running, Ends all, Ends recently, boolean cut) {
        public long of(@Nullable Phase phase) {
            return switch (phase) {
                case null -> queued + running + all.succeeded + all.failed + all.canceled;
                case QUEUED -> queued;
                case RUNNING -> running;
                case SUCCEEDED -> all.succeeded;
                case FAILED -> all.failed;
                case CANCELED -> all.canceled;
            };
        }
    }

    /** Tasks by how they ended. */
    record Ends(long succeeded, long failed, long canceled) {}
}
