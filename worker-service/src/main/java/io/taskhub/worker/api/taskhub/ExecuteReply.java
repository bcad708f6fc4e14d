package io.taskhub.worker.api.taskhub;

import io.taskhub.contracts.TaskConfig;
import io.taskhub.worker.executor.DirectRun;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import java.util.LinkedHashMap;
import java.util.Map;

/** The contract's TaskResult. {@code status}: 2 success, 3 failed, 5 cancelled, 6 timeout (decisions §3). */
public record ExecuteReply(
        int status,
        String message,
        int exit_code,
        long duration_ms,
        String stdout,
        String stderr,
        int attempt,
        int max_attempts,
        Map<String, String> metadata) {
    private static final int SUCCESS = 2;
    private static final int FAILED = 3;
    private static final int CANCELED = 5;
    private static final int TIMEOUT = 6;

    static ExecuteReply of(TaskConfig task, DirectRun.Finished finished, String worker) {
        Ended ended = finished.ended();
        Execution run = finished.execution();
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("worker_id", worker);
        metadata.put("exec_type", task.exec_type().wire());
        if (run.cut()) {
            metadata.put("output_cut", "true");
        }
        int status =
                switch (ended.outcome()) {
                    case SUCCEEDED -> SUCCESS;
                    case FAILED -> FAILED;
                    case CANCELLED, HANDED_BACK -> CANCELED;
                    case TIMED_OUT -> TIMEOUT;
                };
        return new ExecuteReply(
                status,
                ended.message(),
                ended.exitCode(),
                run.durationMs(),
                run.stdout().text(),
                run.stderr().text(),
                finished.attempt(),
                task.retry_count() + 1,
                metadata);
    }
}
