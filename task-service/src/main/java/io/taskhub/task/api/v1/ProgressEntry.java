package io.taskhub.task.api.v1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One step of a task as the contract shows it. The final one is derived from the task's end (decisions §4) and alone has a
 * {@code status}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ProgressEntry(
        @JsonIgnore StreamId id,
        String stream_id,
        Progress progress,
        boolean is_final,
        @Nullable String status) {

    /** @param data additive: what else the handler said, a JSON object */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Progress(
            String task_id,
            int percentage,
            String stage,
            String message,
            long timestamp_ms,
            @JsonRawValue @Nullable String data) {}

    /** Empty for events that clients do not see as progress. */
    static Optional<ProgressEntry> from(TaskEvent event) {
        return switch (event) {
            case TaskEvent.Progressed step ->
                Optional.of(entry(step.subject(), step.percentage(), step.stage(), step.message(), step.data(), null));
            case TaskEvent.Finished end -> Optional.of(end(end));
            case TaskEvent.Created e -> Optional.empty();
            case TaskEvent.Started e -> Optional.empty();
            case TaskEvent.CancelRequested e -> Optional.empty();
            case TaskEvent.Retrying e -> Optional.empty();
            case TaskEvent.Returned e -> Optional.empty();
            case TaskEvent.Restarted e -> Optional.empty();
            case TaskEvent.Deleted e -> Optional.empty();
            case TaskEvent.Unknown e -> Optional.empty();
        };
    }

    private static ProgressEntry end(TaskEvent.Finished end) {
        boolean completed = end.state() == TaskState.COMPLETED;
        boolean cancelled = end.state() == TaskState.CANCELLED;
        String stage = completed ? "completed" : cancelled ? "cancelled" : "failed";
        String message = completed ? "Done" : end.error().isBlank() ? "task " + stage : end.error();
        return entry(end.subject(), completed ? 100 : end.percentage(), stage, message, null, stage);
    }

    private static ProgressEntry entry(
            TaskEvent.Subject subject,
            int percentage,
            String stage,
            String message,
            @Nullable String data,
            @Nullable String status) {
        StreamId id = StreamId.of(subject);
        var progress = new Progress(subject.task().toString(), percentage, stage, message, subject.ts_ms(), data);
        return new ProgressEntry(id, id.toString(), progress, status != null, status);
    }
}
