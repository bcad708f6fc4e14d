package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A new task with its number and time: what is written of it, and the events it begins with. */
record NewRow(TaskId id, long number, long now, long runAt, TaskState state, NewTask task) {
    private static final int FAILED_EXIT = -1;

    static NewRow of(Call.Item item, long number, long now) {
        NewTask task = item.task();
        long runAt = Math.max(now, task.runAt() == null ? 0 : task.runAt().toEpochMilli());
        TaskState state =
                task.bornFailed() != null ? TaskState.ARCHIVED : runAt > now ? TaskState.SCHEDULED : TaskState.PENDING;
        return new NewRow(item.id(), number, now, runAt, state, task);
    }

    boolean ended() {
        return state.isFinal();
    }

    int lastSeq() {
        return ended() ? 2 : 1;
    }

    boolean child() {
        Task.Link link = task.link();
        return link.parent() != null || (link.runId() != null && link.logicalId() != null);
    }

    @Nullable
    String message() {
        return task.bornFailed();
    }

    int exitCode() {
        return FAILED_EXIT;
    }

    Submission accepted() {
        return new Submission.Accepted(id, number, state, task.queue());
    }

    void addEvents(List<TaskEvent> events) {
        events.add(new TaskEvent.Created(subject(1), state, task.queue(), task.type(), runAt));
        String failure = message();
        if (failure != null) {
            events.add(new TaskEvent.Finished(subject(2), state, false, 0, FAILED_EXIT, Settlement.cut(failure), 0, 0));
        }
    }

    private TaskEvent.Subject subject(int seq) {
        Task.Link link = task.link();
        String logical = link.logicalId() == null ? Long.toString(number) : link.logicalId();
        return new TaskEvent.Subject(id, number, logical, link.runId(), task.origin(), seq, now);
    }
}
