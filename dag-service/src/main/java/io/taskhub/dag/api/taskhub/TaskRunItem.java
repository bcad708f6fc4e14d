package io.taskhub.dag.api.taskhub;

import io.taskhub.contracts.TaskConfig;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.query.StoredNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A node of a run in lists, described as the client described it.
 *
 * @param task_id the logical id again, as in the answer of {@code run_async}: what events, logs and subscriptions take
 * @param engine_id additive: the engine's UUID of the task, "" before there is one
 */
record TaskRunItem(
        long id,
        String run_id,
        String logical_id,
        String task_id,
        String name,
        String exec_type,
        String exec_command,
        Map<String, String> exec_params,
        List<String> deps,
        int status,
        int exit_code,
        long duration_ms,
        String message,
        String stdout,
        String stderr,
        int attempt,
        int max_attempts,
        long start_ts_ms,
        long end_ts_ms,
        String engine_id) {

    static TaskRunItem of(StoredNode node) {
        TaskConfig config = JsonBody.stored(node.config(), TaskConfig.class);
        StoredNode.Result result = node.result();
        return new TaskRunItem(
                node.id(),
                node.run(),
                node.logicalId(),
                node.logicalId(),
                node.name(),
                config.exec_type().wire(),
                config.exec_command(),
                config.exec_params(),
                config.deps(),
                node.status().code(),
                result.exitCode(),
                result.durationMs(),
                result.message(),
                result.stdout(),
                result.stderr(),
                result.attempt(),
                result.maxAttempts(),
                node.startMs(),
                node.endMs(),
                Objects.toString(node.engineTask(), ""));
    }
}
