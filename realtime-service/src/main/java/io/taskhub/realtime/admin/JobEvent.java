package io.taskhub.realtime.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.JsonText;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The {@code data} of a {@code job.event} (decisions §7).
 *
 * @param event_id the event's number within its task
 * @param task_type absent when the task is gone
 * @param payload_json what the worker said, as JSON text
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobEvent(
        int event_id,
        String task_id,
        @Nullable String task_type,
        String status,
        String event_type,
        @Nullable String payload_json,
        String created_at) {
    private static final String RUNNING = "running";
    private static final DateTimeFormatter NANOSECONDS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'+00:00'")
            .withZone(ZoneOffset.UTC);

    private record Kind(String type, String status) {}

    /** Empty for what has no type in the contract. */
    static Optional<JobEvent> of(TaskEvent event, @Nullable String taskType) {
        return Optional.ofNullable(kind(event)).map(kind -> {
            TaskEvent.Subject subject = event.subject();
            return new JobEvent(
                    subject.seq(),
                    subject.task().toString(),
                    taskType,
                    kind.status(),
                    kind.type(),
                    payload(event),
                    NANOSECONDS.format(Instant.ofEpochMilli(subject.ts_ms())));
        });
    }

    private static @Nullable Kind kind(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Created _ -> new Kind("task.created", "queued");
            case TaskEvent.Started _ -> new Kind("task.running", RUNNING);
            case TaskEvent.Progressed _ -> new Kind("task.progress", RUNNING);
            case TaskEvent.CancelRequested _ -> new Kind("task.cancel_requested", RUNNING);
            case TaskEvent.Finished finished -> end(finished.state());
            case TaskEvent.Retrying _,
                    TaskEvent.Returned _,
                    TaskEvent.Restarted _,
                    TaskEvent.Deleted _,
                    TaskEvent.Unknown _ -> null;
        };
    }

    private static Kind end(TaskState state) {
        return switch (state) {
            case COMPLETED -> new Kind("task.completed", "succeeded");
            case CANCELLED -> new Kind("task.canceled", "canceled");
            case ARCHIVED, SCHEDULED, PENDING, ACTIVE, RETRY -> new Kind("task.completed", "failed");
        };
    }

    private static @Nullable String payload(TaskEvent event) {
        if (!(event instanceof TaskEvent.Progressed progressed)) {
            return null;
        }
        if (progressed.data() != null) {
            return progressed.data();
        }
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("stage", progressed.stage());
        said.put("percentage", progressed.percentage());
        said.put("message", progressed.message());
        return JsonText.of(said);
    }
}
