package io.taskhub.realtime.taskcenter;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a task did not succeed, and what may be done about it. */
record Ending(String code, String message, String hint) {
    /** As task-service says it of a task whose worker fell silent. */
    private static final String WORKER_LOST = "worker lost";

    /** Empty after success. How the engine ended the task counts for more than what the agent itself said of it. */
    static Optional<Ending> of(TaskEvent.Finished end, AgentUpdate.@Nullable Failure said) {
        if (end.state() == TaskState.COMPLETED) {
            return Optional.empty();
        }
        if (end.state() == TaskState.CANCELLED) {
            return Optional.of(ending("CANCELLED", end, "task cancelled", "Create the task again to run it."));
        }
        if (end.timed_out()) {
            return Optional.of(ending("TIMEOUT", end, "task timed out", "Ask for less in one task, or try again."));
        }
        if (end.error().equals(WORKER_LOST)) {
            return Optional.of(ending("WORKER_LOST", end, WORKER_LOST, "Try again; look at the worker's logs."));
        }
        if (said != null) {
            String hint = said.hint();
            return Optional.of(new Ending(said.error_code(), said.message(), hint == null ? "" : hint));
        }
        return Optional.of(ending("FAILED", end, "task failed", "Look at the task's logs."));
    }

    private static Ending ending(String code, TaskEvent.Finished end, String otherwise, String hint) {
        return new Ending(code, end.error().isEmpty() ? otherwise : end.error(), hint);
    }
}
