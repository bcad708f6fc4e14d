package io.taskhub.dag.query;

import io.taskhub.dag.RunStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which runs; null = any.
 *
 * @param nameContains in any case
 * @param fromMs of the start, inclusive, as is {@code toMs}
 * @param before where the page before ended
 */
public record RunFilter(
        @Nullable String run,
        @Nullable String nameContains,
        @Nullable String source,
        @Nullable RunStatus status,
        @Nullable Long fromMs,
        @Nullable Long toMs,
        @Nullable Before before,
        int limit) {

    /** The place of a run in the order of lists. */
    public record Before(long startMs, String run) {}
}
