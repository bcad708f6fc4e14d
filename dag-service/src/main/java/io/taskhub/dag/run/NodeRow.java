package io.taskhub.dag.run;

import io.taskhub.contracts.TaskId;
import io.taskhub.dag.NodeStatus;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code node_run}: how far a node is.
 *
 * @param taskSeq the last of its task's events that is worked in
 * @param attempt the last one that clients were told of, 0 before the first
 */
record NodeRow(
        int node,
        NodeStatus status,
        boolean ready,
        @Nullable TaskId task,
        int taskSeq,
        int attempt,
        @Nullable Long startMs,
        @Nullable Long endMs,
        Left left) {

    /** What a node left behind. {@code metadata} is a JSON object as text. */
    record Left(int exitCode, long durationMs, String message, String stdout, String stderr, String metadata) {
        static final Left NOTHING = new Left(0, 0, "", "", "", "{}");
    }
}
