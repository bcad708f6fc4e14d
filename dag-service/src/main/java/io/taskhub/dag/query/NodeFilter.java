package io.taskhub.dag.query;

import io.taskhub.dag.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * Which nodes; null = any.
 *
 * @param before the id of the last one of the page before
 */
public record NodeFilter(
        @Nullable String run,
        @Nullable String name,
        @Nullable String logicalId,
        @Nullable NodeStatus status,
        @Nullable Long before,
        int limit) {}
