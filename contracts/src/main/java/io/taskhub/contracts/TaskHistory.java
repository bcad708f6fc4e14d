package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;

/**
 * {@code GET /internal/tasks/{id in any spelling}/history?after_seq=0&limit=1000} of task-service: a task and its events
 * above {@code after_seq}, ascending. 404 when there is no such task.
 *
 * @param state as of the last event of the whole history
 * @param last_seq the whole history's last sequence number
 * @param more whether events above the last one given exist
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TaskHistory(
        TaskId task,
        long number,
        String logical,
        Origin origin,
        TaskState state,
        int last_seq,
        List<TaskEvent> events,
        boolean more) {

    /** {@code POST /internal/tasks/histories}: what happened to up to 1,000 tasks since the caller looked last. */
    public record Query(List<After> tasks) {}

    /** A task and the last of its events that the caller knows, 0 = none. */
    public record After(TaskId task, int seq) {}

    /**
     * At most 1,000 events per task, ascending within each; ask again for the rest.
     *
     * @param unknown tasks that do not exist, or not any more
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record News(List<TaskEvent> events, List<TaskId> unknown) {}
}
