package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.TaskCenterStatus;
import io.taskhub.task.api.Utf8;

/** An item of {@code GET /api/tasks}: TaskHub's fields and Task Center's in one object (decisions §1), output cut. */
public record ListedTask(
        @JsonUnwrapped TaskHubTask task, String task_id, String created_at, String plan_summary, String last_event_at) {

    /** @param taskCenter whether {@code status} is Task Center's word */
    static ListedTask from(Task task, boolean taskCenter) {
        String status = taskCenter ? TaskCenterStatus.of(task.state()).word() : TaskHubStatus.of(task);
        return new ListedTask(
                TaskHubTask.from(task, status).withOutputCutTo(Utf8.LISTED_OUTPUT_BYTES),
                task.id().tsk(),
                Rfc3339.millis(task.times().created()),
                task.description().name(),
                Rfc3339.millis(task.times().updated()));
    }
}
