package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The engine's states (decisions §1). Dialects translate them at their edge. */
public enum TaskState {
    SCHEDULED,
    PENDING,
    ACTIVE,
    RETRY,
    COMPLETED,
    ARCHIVED,
    CANCELLED;

    /** Nothing happens to the task any more, unless somebody restarts it. */
    public boolean isFinal() {
        return this == COMPLETED || this == ARCHIVED || this == CANCELLED;
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
