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
    private static final int WHOLE = 100;

    static NewRow of(Call.Item item, long number, long now) {
        NewTask task = item.task();
        long runAt = Math.max(now, task.runAt() == null ? 0 : task.runAt().toEpochMilli());
        return new NewRow(item.id(), number, now, runAt, state(task.born(), runAt > now), task);
    }

    private static TaskState state(NewTask.@Nullable Born born, boolean later) {
        return switch (born) {
            case null -> later ? TaskState.SCHEDULED : TaskState.PENDING;
            case NewTask.Born.Failed failed -> TaskState.ARCHIVED;
            case NewTask.Born.Completed completed -> TaskState.COMPLETED;
        };
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

    /** Why it was born failed; empty when it was not. */
    String message() {
        return task.born() instanceof NewTask.Born.Failed failed ? failed.message() : "";
    }

    int exitCode() {
        return state == TaskState.ARCHIVED ? FAILED_EXIT : 0;
    }

    Submission accepted() {
        return new Submission.Accepted(id, number, state, task.queue());
    }

    void addEvents(List<TaskEvent> events) {
        events.add(new TaskEvent.Created(subject(1), state, task.queue(), task.type(), runAt));
        if (ended()) {
            int percent = state == TaskState.COMPLETED ? WHOLE : 0;
            String error = Settlement.cut(message());
            events.add(new TaskEvent.Finished(subject(2), state, false, 0, exitCode(), error, percent, 0));
        }
    }

    private TaskEvent.Subject subject(int seq) {
        Task.Link link = task.link();
        String logical = link.logicalId() == null ? Long.toString(number) : link.logicalId();
        return new TaskEvent.Subject(id, number, logical, link.runId(), task.origin(), seq, now);
    }
}
