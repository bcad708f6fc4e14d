package io.taskhub.task.api;

import io.taskhub.contracts.TaskState;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Task Center's status words. They are here because two contracts meet in {@code GET /api/tasks} (decisions §1). */
public enum TaskCenterStatus {
    QUEUED,
    RUNNING,
    SUCCESS,
    FAILED;

    /** The engine's states that show as this. */
    public Set<TaskState> states() {
        return Arrays.stream(TaskState.values())
                .filter(state -> of(state) == this)
                .collect(Collectors.toUnmodifiableSet());
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static TaskCenterStatus of(TaskState state) {
        return switch (state) {
            case SCHEDULED, PENDING, RETRY -> QUEUED;
            case ACTIVE -> RUNNING;
            case COMPLETED -> SUCCESS;
            case ARCHIVED, CANCELLED -> FAILED;
        };
    }

    public static Optional<TaskCenterStatus> parse(String word) {
        return Arrays.stream(values())
                .filter(status -> status.word().equals(word))
                .findFirst();
    }
}
