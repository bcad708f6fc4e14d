package io.taskhub.task.queue;

import static io.taskhub.contracts.TaskState.ACTIVE;
import static io.taskhub.contracts.TaskState.ARCHIVED;
import static io.taskhub.contracts.TaskState.CANCELLED;
import static io.taskhub.contracts.TaskState.COMPLETED;
import static io.taskhub.contracts.TaskState.PENDING;
import static io.taskhub.contracts.TaskState.RETRY;

import io.taskhub.contracts.TaskState;
import java.util.EnumSet;
import java.util.Set;

/** The one table of legal transitions. SQL guards every update with the state (or the version) it leaves. */
final class Transitions {
    private Transitions() {}

    static boolean legal(TaskState from, TaskState to) {
        return from(from).contains(to);
    }

    /** scheduled and retry become active directly: a row that is due is claimable as it is. */
    static Set<TaskState> from(TaskState from) {
        return switch (from) {
            case SCHEDULED, PENDING, RETRY -> EnumSet.of(ACTIVE, ARCHIVED, CANCELLED);
            case ACTIVE -> EnumSet.of(PENDING, RETRY, COMPLETED, ARCHIVED, CANCELLED);
            case ARCHIVED, CANCELLED -> EnumSet.of(PENDING);
            case COMPLETED -> EnumSet.noneOf(TaskState.class);
        };
    }
}
