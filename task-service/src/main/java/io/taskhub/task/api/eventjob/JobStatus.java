package io.taskhub.task.api.eventjob;

import io.taskhub.contracts.TaskState;
import java.util.Locale;

/** The dialect's status words (decisions §1). */
enum JobStatus {
    PENDING,
    PROCESSING,
    COMPLETED,
    FAILED;

    static JobStatus of(TaskState state) {
        return switch (state) {
            case SCHEDULED, PENDING, RETRY -> PENDING;
            case ACTIVE -> PROCESSING;
            case COMPLETED -> COMPLETED;
            case ARCHIVED, CANCELLED -> FAILED;
        };
    }

    boolean isFinished() {
        return this == COMPLETED || this == FAILED;
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
