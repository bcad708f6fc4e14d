package io.taskhub.task;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which log records to read.
 *
 * @param task a logical id first, then any spelling of a task id (decisions §3)
 * @param runId null = all runs
 * @param from the first seq wanted
 * @param limit 1 to 2,000
 * @param offsets per partition of the log topic the offset the store must have passed before it answers; empty = do not wait
 */
public record LogQuery(String task, @Nullable String runId, long from, int limit, Map<Integer, Long> offsets) {}
