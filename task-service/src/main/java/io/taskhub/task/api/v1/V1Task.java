package io.taskhub.task.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * A task as the contract shows it, {@code next_process_at} in seconds; from {@code priority} on additive, times with microseconds.
 *
 * @param retried attempts that failed and were followed by another
 * @param result the handler's, null before the end or when it gave none
 */
public record V1Task(
        String id,
        String queue,
        String type,
        String state,
        int max_retry,
        int retried,
        String last_err,
        String next_process_at,
        int priority,
        String timeout,
        int percentage,
        boolean cancel_requested,
        String created_at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String started_at,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String finished_at,
        @JsonRawValue String payload,
        @JsonRawValue String metadata,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
        String result,

        int exit_code,
        String output) {

    static V1Task from(Task task) {
        return from(task, Integer.MAX_VALUE);
    }

    /** As an item of a list, its output cut. */
    static V1Task listed(Task task) {
        return from(task, Utf8.LISTED_OUTPUT_BYTES);
    }

    private static V1Task from(Task task, int maxOutputBytes) {
        boolean ended = task.state().isFinal();
        Task.Result result = task.result();
        return new V1Task(
                task.id().toString(),
                task.queue(),
                task.type(),
                V1State.of(task.state()),
                task.runs().maxAttempts() - 1,
                retried(task),
                lastError(task),
                Rfc3339.seconds(task.times().runAt()),
                task.priority(),
                GoDuration.format(task.runs().timeout()),
                task.percent(),
                task.cancelRequested(),
                String.valueOf(Rfc3339.micros(task.times().created())),
                Rfc3339.micros(task.times().started()),
                Rfc3339.micros(task.times().finished()),
                task.description().payload(),
                task.description().metadata(),
                ended ? result.data() : null,
                ended ? result.exitCode() : 0,
                ended ? Utf8.cut(result.stdout(), maxOutputBytes) : "");
    }

    private static String lastError(Task task) {
        Task.Result result = task.result();
        return switch (task.state()) {
            case COMPLETED -> "";
            case CANCELLED -> "task cancelled";
            case SCHEDULED, PENDING, ACTIVE, RETRY, ARCHIVED ->
                result.message().isBlank() ? result.stderr() : result.message();
        };
    }

    /** While it waits, every attempt that was counted has failed; while it runs or after the end, all but the last. */
    private static int retried(Task task) {
        int attempt = task.runs().attempt();
        boolean waits = !task.state().isFinal() && task.state() != TaskState.ACTIVE;
        return Math.clamp(waits ? attempt : attempt - 1L, 0, task.runs().maxAttempts() - 1);
    }
}
