package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Through which door a task came in: a dialect, or a service of our own. */
public enum Origin {
    TASKHUB,
    V1,
    EVENTJOB,
    TASKCENTER,
    ADMIN,
    DAG,
    CRON;

    @JsonCreator
    public static Origin of(String wire) {
        return valueOf(wire.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
