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
        boolean more) {}
