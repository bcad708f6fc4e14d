package io.taskhub.task.api.v1;

import io.taskhub.contracts.TaskState;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** The dialect's state words: the engine's own, but cancelled is archived (decisions §1). */
final class V1State {
    private V1State() {}

    static String of(TaskState state) {
        return state == TaskState.CANCELLED ? TaskState.ARCHIVED.wire() : state.wire();
    }

    /** The engine's states that show as {@code word}. @throws V1Error INVALID_REQUEST when none does */
    static Set<TaskState> parse(String word) {
        Set<TaskState> states = Arrays.stream(TaskState.values())
                .filter(state -> of(state).equals(word))
                .collect(Collectors.toSet());
        if (states.isEmpty()) {
            throw V1Error.invalid("state must be pending, active, scheduled, retry, archived or completed");
        }
        return states;
    }
}
