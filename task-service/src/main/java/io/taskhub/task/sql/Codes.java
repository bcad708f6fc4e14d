package io.taskhub.task.sql;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskState;

/** Enums as rows keep them: by ordinal, small and comparable. Such an enum may only grow at its end. */
@SuppressWarnings("EnumOrdinal") // the one place that depends on the order
public final class Codes {
    private static final TaskState[] STATES = TaskState.values();
    private static final Origin[] ORIGINS = Origin.values();

    private Codes() {}

    public static int of(Enum<?> value) {
        return value.ordinal();
    }

    public static TaskState state(int code) {
        return STATES[code];
    }

    public static Origin origin(int code) {
        return ORIGINS[code];
    }
}
