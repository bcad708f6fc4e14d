package io.taskhub.realtime.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.TaskEvent;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * The {@code data} of a {@code job.event} (decisions §7): an event as a task's detail lists it, and whose it is.
 *
 * @param event_id the event's number within its task
 * @param task_type absent when it cannot be found out
 * @param payload_json a JSON object as text that names the task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobEvent(
        int event_id,
        String task_id,
        @Nullable String task_type,
        String status,
        String event_type,
        String payload_json,
        String created_at) {
    private static final DateTimeFormatter NANOSECONDS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn'+00:00'")
            .withZone(ZoneOffset.UTC);

    static JobEvent of(TaskEvent.Subject subject, Telling told, @Nullable String taskType) {
        String task = subject.task().toString();
        return new JobEvent(
                subject.seq(),
                task,
                taskType,
                told.status(),
                told.type(),
                told.payload().put("task_id", task).toString(),
                time(subject.ts_ms()));
    }

    static String time(long epochMillis) {
        return NANOSECONDS.format(Instant.ofEpochMilli(epochMillis));
    }
}
