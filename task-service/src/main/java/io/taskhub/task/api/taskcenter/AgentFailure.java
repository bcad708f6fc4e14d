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
        if (task.state() == TaskState.CANCELLED) {
            return ended("CANCELLED", task, "task cancelled", "Create the task again to run it.");
        }
        if (task.runs().timedOut()) {
            return ended("TIMEOUT", task, "task timed out", "Ask for less in one task, or try again.");
        }
        if (task.result().message().equals(WORKER_LOST)) {
            return ended("WORKER_LOST", task, WORKER_LOST, "Try again; look at the worker's logs.");
        }
        return said == null
                ? ended("FAILED", task, "task failed", "Look at the task's logs.")
                : new AgentFailure(said.error_code(), said.message(), said.hint());
    }

    /** With the words that the task's stream ends with, too. */
    private static AgentFailure ended(String code, Task task, String otherwise, String hint) {
        String message = task.result().message();
        return new AgentFailure(code, message.isEmpty() ? otherwise : message, hint);
    }
}
