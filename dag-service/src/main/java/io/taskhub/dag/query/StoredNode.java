package io.taskhub.dag.query;

import io.taskhub.dag.NodeStatus;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A node of a run as it stands; pending when nothing has happened to it. Times in epoch milliseconds, 0 when there is none yet.
 *
 * @param id counts over all runs
 * @param index its place in the graph
 * @param engineTask what the engine knows it as, once it was ordered
 * @param config contracts' {@code TaskConfig}, JSON as text; "" where it was not asked for
 */
public record StoredNode(
        long id,
        String run,
        int index,
        String logicalId,
        String name,
        @Nullable UUID engineTask,
        String config,
        NodeStatus status,
        Result result,
        long startMs,
        long endMs) {

    /**
     * What it left.
     *
     * @param stdout cut as the reader was asked to, {@code stderr} too
     * @param metadata a JSON object as text
     */
    public record Result(
            int exitCode,
            long durationMs,
            String message,
            String stdout,
            String stderr,
            int attempt,
            int maxAttempts,
            String metadata) {}
}
