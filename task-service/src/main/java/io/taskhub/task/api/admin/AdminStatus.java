package io.taskhub.task.api.admin;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskCatalog.Phase;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The dialect's status words: queued, running, succeeded, failed, canceled (decisions §1). */
final class AdminStatus {
    private AdminStatus() {}

    static String of(TaskState state) {
        return word(Phase.of(state));
    }

    static Optional<Phase> parse(String word) {
        return Arrays.stream(Phase.values())
                .filter(phase -> word(phase).equals(word))
                .findFirst();
    }

    private static String word(Phase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }
}
