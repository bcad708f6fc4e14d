package io.taskhub.task.api.admin;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Failure.Kind;

/** An ended task once more, as a task of its own whose parent is the old one. */
final class Retrial {
    private Retrial() {}

    /** @throws Failure.Thrown CONFLICT when it has not ended, or could not run again by itself */
    static void check(Task old) {
        if (!old.state().isFinal()) {
            throw refused("only finished tasks can be retried");
        }
        if (old.link().runId() != null) {
            throw refused("the task is a node of run " + old.link().runId() + "; start the run again instead");
        }
        if (old.state() == TaskState.COMPLETED && old.runs().attempt() == 0) {
            throw refused("the task was complete without being run, so there is nothing to run again");
        }
    }

    /** @param ordered the old task as it was ordered */
    static NewTask of(NewTask ordered, Task old, String caller) {
        Task.Description said = ordered.description();
        return new NewTask(
                null,
                Origin.ADMIN,
                ordered.type(),
                ordered.queue(),
                ordered.priority(),
                ordered.labels(),
                null,
                ordered.limits(),
                new Task.Description(said.name(), said.kind(), said.payload(), said.params(), said.metadata(), caller),
                Task.Link.toParent(old.id()),
                null,
                null);
    }

    private static Failure.Thrown refused(String message) {
        return new Failure.Thrown(Kind.CONFLICT, message);
    }
}
