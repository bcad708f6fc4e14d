package io.taskhub.task.api.taskcenter;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.TaskCenterStatus;
import org.jspecify.annotations.Nullable;

/** Why a task failed, as clients tell it apart. All null unless it did. */
record AgentFailure(
        @Nullable String code,
        @Nullable String message,
        @Nullable String hint) {
    private static final AgentFailure NONE = new AgentFailure(null, null, null);
    private static final String WORKER_LOST = "worker lost";

    /** @param said the last thing that the agent itself said of it; how the engine ended the task counts for more */
    static AgentFailure of(Task task, AgentUpdate.@Nullable Failure said) {
        if (TaskCenterStatus.of(task.state()) != TaskCenterStatus.FAILED) {
            return NONE;
        }
        String message = task.result().message();
        if (task.state() == TaskState.CANCELLED) {
            return new AgentFailure("CANCELLED", message, null);
        }
        if (task.runs().timedOut()) {
            return new AgentFailure("TIMEOUT", message, null);
        }
        if (message.equals(WORKER_LOST)) {
            return new AgentFailure("WORKER_LOST", message, null);
        }
        return said == null
                ? new AgentFailure("FAILED", message, null)
                : new AgentFailure(said.error_code(), said.message(), said.hint());
    }
}
