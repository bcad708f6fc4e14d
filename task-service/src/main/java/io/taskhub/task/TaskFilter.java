package io.taskhub.task;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskState;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, in the order of their numbers. All that wait or run are looked at, and all that failed or were cancelled, up to
 * {@link TaskCatalog#REACH} of each. Those that succeeded, and without {@code states} all that ended, are looked for among the next
 * {@code REACH} of all in the order of the list; the newest {@code REACH} of all where {@code changedSince} is asked.
 *
 * @param states empty = all
 * @param origins empty = all
 * @param queue null = all
 * @param type null = all
 * @param changedSince created or updated strictly after
 * @param children whether DAG nodes and child tasks are in
 * @param after null, or the number of the last task of the page before (exclusive, in the direction of the order)
 * @param newestFirst descending by number
 * @param limit 1 to 1,000
 */
public record TaskFilter(
        Set<TaskState> states,
        Set<Origin> origins,
        @Nullable String queue,
        @Nullable String type,
        @Nullable Instant changedSince,
        boolean children,
        @Nullable Long after,
        boolean newestFirst,
        int limit) {}
