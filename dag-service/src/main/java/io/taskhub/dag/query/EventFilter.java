package io.taskhub.dag.query;

import org.jspecify.annotations.Nullable;

/**
 * Which events; null = any.
 *
 * @param taskId a logical id, or a spelling of an engine's task
 * @param ofNodes true = of nodes only, false = of runs only
 * @param fromMs inclusive, as is {@code toMs}
 * @param before where the page before ended
 */
public record EventFilter(
        @Nullable String run,
        @Nullable String taskId,
        @Nullable Boolean ofNodes,
        @Nullable String event,
        @Nullable Long fromMs,
        @Nullable Long toMs,
        @Nullable Before before,
        int limit) {

    /** The place of an event in the order of lists. */
    public record Before(long tsMs, long id) {}
}
