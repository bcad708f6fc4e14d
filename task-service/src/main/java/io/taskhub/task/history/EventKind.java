package io.taskhub.task.history;

import io.taskhub.contracts.TaskEvent;
import java.util.Locale;

/** An event's kind as a row keeps it (the ordinal: append only) and as header and JSON spell it. */
enum EventKind {
    CREATED,
    STARTED,
    PROGRESSED,
    CANCEL_REQUESTED,
    RETRYING,
    RETURNED,
    FINISHED,
    RESTARTED,
    DELETED;

    static EventKind of(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Created ignored -> CREATED;
            case TaskEvent.Started ignored -> STARTED;
            case TaskEvent.Progressed ignored -> PROGRESSED;
            case TaskEvent.CancelRequested ignored -> CANCEL_REQUESTED;
            case TaskEvent.Retrying ignored -> RETRYING;
            case TaskEvent.Returned ignored -> RETURNED;
            case TaskEvent.Finished ignored -> FINISHED;
            case TaskEvent.Restarted ignored -> RESTARTED;
            case TaskEvent.Deleted ignored -> DELETED;
            case TaskEvent.Unknown ignored -> throw new IllegalArgumentException("nobody writes unknown events");
        };
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
