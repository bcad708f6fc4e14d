package io.taskhub.realtime.v1;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.realtime.sse.StreamId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One progress entry as v1 shows it (tasks-v1.md, decisions §4), derived from the event that made it.
 *
 * @param status set on the last one: completed, failed or cancelled
 */
record Progress(StreamId id, Entry entry, @Nullable String status) {

    /** The {@code progress} object. */
    record Entry(String task_id, int percentage, String stage, String message, long timestamp_ms) {}

    /** Empty for an event that is no progress. */
    static Optional<Progress> of(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Progressed p ->
                Optional.of(new Progress(StreamId.of(p), entry(p, p.percentage(), p.stage(), p.message()), null));
            case TaskEvent.Finished f -> {
                String status = status(f.state());
                String message = f.error().isEmpty() ? "Done" : f.error();
                yield Optional.of(new Progress(StreamId.of(f), entry(f, f.percentage(), status, message), status));
            }
            case TaskEvent.Created _,
                    TaskEvent.Started _,
                    TaskEvent.CancelRequested _,
                    TaskEvent.Retrying _,
                    TaskEvent.Returned _,
                    TaskEvent.Restarted _,
                    TaskEvent.Deleted _,
                    TaskEvent.Unknown _ -> Optional.empty();
        };
    }

    /** v1's word for an end. */
    static String status(TaskState end) {
        return switch (end) {
            case COMPLETED -> "completed";
            case CANCELLED -> "cancelled";
            case ARCHIVED, SCHEDULED, PENDING, ACTIVE, RETRY -> "failed";
        };
    }

    private static Entry entry(TaskEvent event, int percentage, String stage, String message) {
        TaskEvent.Subject subject = event.subject();
        return new Entry(subject.task().toString(), percentage, stage, message, subject.ts_ms());
    }
}
