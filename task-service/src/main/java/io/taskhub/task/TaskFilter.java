package io.taskhub.task;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskState;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks to list, in the order of their numbers.
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
