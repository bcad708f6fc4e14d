package io.taskhub.task.api.taskhub;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;

/** The dialect's status words (decisions §1). */
final class TaskHubStatus {
    private TaskHubStatus() {}

    static String of(Task task) {
        return switch (task.state()) {
            case SCHEDULED, PENDING, RETRY -> "pending";
            case ACTIVE -> "running";
            case COMPLETED -> "success";
            case ARCHIVED -> timedOut(task) ? "timeout" : "failed";
            case CANCELLED -> "canceled";
        };
    }

    /** Whether it ended by its timeout. */
    static boolean timedOut(Task task) {
        return task.state() == TaskState.ARCHIVED && task.runs().timedOut();
    }
}
