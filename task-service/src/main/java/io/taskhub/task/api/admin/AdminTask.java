package io.taskhub.task.api.admin;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.Utf8;
import io.taskhub.task.api.admin.diagnostics.Facts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task as a list shows it.
 *
 * @param requested_by the user that its payload names, null when it names none; additive {@code requested_by_name} is the caller
 *     who created it
 * @param error_message of the last attempt, null when there is none
 */
public record AdminTask(
        String id,
        String task_type,
        String status,
        String source,
        @Nullable Long requested_by,
        String requested_by_name,
        @Nullable String parent_task_id,
        boolean cancel_requested,
        @Nullable String error_message,
        String created_at,
        @Nullable String started_at,
        @Nullable String finished_at,
        String updated_at) {

    /** A task as the contract's detail shows it. Both texts are JSON; there is no result before the end. */
    public record Whole(
            @JsonUnwrapped AdminTask task,
            String payload_json,
            @Nullable String result_json) {

        static Whole of(Task task) {
            return new Whole(
                    AdminTask.of(task),
                    task.description().payload(),
                    task.state().isFinal() ? task.result().data() : null);
        }
    }

    static AdminTask of(Task task) {
        TaskId parent = task.link().parent();
        Task.Times times = task.times();
        return new AdminTask(
                task.id().toString(),
                task.type(),
                AdminStatus.of(task.state()),
                source(task),
                requestedBy(Facts.of(task.description().payload())),
                task.description().createdBy(),
                parent == null ? null : parent.toString(),
                task.cancelRequested() || task.state() == TaskState.CANCELLED,
                error(task),
                Rfc3339.nanos(times.created()),
                time(times.started()),
                time(times.finished()),
                Rfc3339.nanos(times.updated()));
    }

    /** Which door it came in by, unless another task or a person had it made. */
    private static String source(Task task) {
        if (task.link().parent() != null && task.origin() != Origin.ADMIN) {
            return "parent";
        }
        return switch (task.origin()) {
            case V1 -> "api.v1";
            case TASKHUB -> "api.tasks";
            case EVENTJOB -> "api.event_job";
            case TASKCENTER -> "api.chat";
            case ADMIN -> "retry";
            case DAG -> "dag";
            case CRON -> "scheduler";
        };
    }

    private static @Nullable Long requestedBy(Facts payload) {
        Long said = payload.integer("requested_by");
        return said == null ? payload.integer("user_id") : said;
    }

    private static @Nullable String error(Task task) {
        if (task.state() == TaskState.COMPLETED) {
            return null;
        }
        Task.Result result = task.result();
        String said = result.message().isBlank() ? result.stderr() : result.message();
        return said.isBlank() ? null : Utf8.cut(said, Utf8.LISTED_OUTPUT_BYTES);
    }

    private static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : Rfc3339.nanos(time);
    }
}
