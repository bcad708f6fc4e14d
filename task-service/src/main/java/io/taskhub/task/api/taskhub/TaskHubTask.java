package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.Utf8;
import java.time.Duration;

/**
 * A task as the contract shows it. {@code type} is the client's integer, {@code params} its object; output and errors are empty
 * and {@code exit_code} is 0 before the end, −1 after a timeout or cancel.
 *
 * @param timeout_sec rounded up; 0 = none
 */
public record TaskHubTask(
        long id,
        String name,
        int type,
        String status,
        String create_time,
        String update_time,
        @JsonRawValue String params,
        int exit_code,
        String last_output,
        String last_error,
        int max_retries,
        int retry_count,
        long timeout_sec,
        boolean cancel_flag) {

    static TaskHubTask from(Task task) {
        return from(task, TaskHubStatus.of(task));
    }

    static TaskHubTask from(Task task, String status) {
        boolean ended = task.state().isFinal();
        return new TaskHubTask(
                task.number(),
                task.description().name(),
                task.description().kind(),
                status,
                Rfc3339.millis(task.times().created()),
                Rfc3339.millis(task.times().updated()),
                task.description().params(),
                ended ? exitCode(task) : 0,
                ended ? task.result().stdout() : "",
                ended ? lastError(task) : "",
                task.runs().maxAttempts() - 1,
                retries(task),
                seconds(task.runs().timeout()),
                task.cancelRequested() || task.state() == TaskState.CANCELLED);
    }

    /** The same with {@code last_output} and {@code last_error} cut to so many bytes of UTF-8 each, never within a character. */
    TaskHubTask withOutputCutTo(int maxBytes) {
        return new TaskHubTask(
                id,
                name,
                type,
                status,
                create_time,
                update_time,
                params,
                exit_code,
                Utf8.cut(last_output, maxBytes),
                Utf8.cut(last_error, maxBytes),
                max_retries,
                retry_count,
                timeout_sec,
                cancel_flag);
    }

    private static int exitCode(Task task) {
        boolean stopped = task.state() == TaskState.CANCELLED || TaskHubStatus.timedOut(task);
        return stopped ? -1 : task.result().exitCode();
    }

    private static String lastError(Task task) {
        Task.Result result = task.result();
        if (task.state() == TaskState.COMPLETED) {
            return result.stderr();
        }
        boolean stopped = task.state() == TaskState.CANCELLED || TaskHubStatus.timedOut(task);
        return stopped || result.stderr().isBlank() ? result.message() : result.stderr();
    }

    /** Attempts after the first; while it waits, every attempt that was counted has failed. */
    private static int retries(Task task) {
        int attempt = task.runs().attempt();
        boolean waits = !task.state().isFinal() && task.state() != TaskState.ACTIVE;
        return Math.clamp(waits ? attempt : attempt - 1L, 0, task.runs().maxAttempts() - 1);
    }

    private static long seconds(Duration timeout) {
        return timeout.plusNanos(999_999_999).toSeconds();
    }
}
