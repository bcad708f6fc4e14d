package io.taskhub.task;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;

/** What became of one {@link NewTask}. */
public sealed interface Submission {

    /** Stored; {@code number} is TaskHub's id. */
    record Accepted(TaskId id, long number, TaskState state, String queue) implements Submission {}

    /** Not stored: {@code holder} has its unique key. */
    record AlreadyExists(TaskId holder) implements Submission {}

    /** Not stored: the database refuses this one task, whatever else was in its batch. */
    record Refused(String reason) implements Submission {}
}
