package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far a task is and what it left: {@code POST /internal/tasks/outcomes} of task-service, role {@code service}.
 *
 * @param stdout empty before the end, at most 1 MiB; {@code stderr} too
 * @param message empty unless it failed
 * @param data the handler's result, a JSON value as text
 * @param attempt counted runs so far, 0 before the first
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskOutcome(
        TaskId task,
        TaskState state,
        boolean timed_out,
        int exit_code,
        String stdout,
        String stderr,
        String message,
        @Nullable String data,
        int attempt,
        int max_attempts,
        @Nullable Long started_ms,
        @Nullable Long finished_ms) {

    /** Up to 1,000 tasks. */
    public record Query(List<TaskId> tasks) {}

    /**
     * In no order. An answer holds about 8 MiB of output and at least one outcome: tasks that are in neither list are to be
     * asked for again.
     *
     * @param unknown those that do not exist, or not any more
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Reply(List<TaskOutcome> outcomes, List<TaskId> unknown) {}
}
