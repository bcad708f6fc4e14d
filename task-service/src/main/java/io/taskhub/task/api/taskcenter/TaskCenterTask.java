package io.taskhub.task.api.taskcenter;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.TaskCenterStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A task as the contract's section 3 shows it. A task that no planner made has no plan, overlays or artifacts; its name is its
 * prompt. {@code error_code} and {@code error_message} are there after a failure only.
 */
public record TaskCenterTask(
        String task_id,
        String status,
        String created_at,
        String updated_at,
        String prompt,
        @Nullable Object planner,
        @Nullable Object plan,
        PlanOverlays plan_overlays,
        List<Object> execution_overlays,
        Artifacts artifacts,
        List<Object> logs,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error_code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error_message) {

    /** Boxes that belong to steps of the plan. */
    public record PlanOverlays(List<Object> steps) {
        static final PlanOverlays NONE = new PlanOverlays(List.of());
    }

    /** Files that the task left. */
    public record Artifacts(int count, List<Object> items) {
        static final Artifacts NONE = new Artifacts(0, List.of());
    }

    static TaskCenterTask from(Task task) {
        TaskCenterStatus status = TaskCenterStatus.of(task.state());
        boolean failed = status == TaskCenterStatus.FAILED;
        return new TaskCenterTask(
                task.id().tsk(),
                status.word(),
                Rfc3339.millis(task.times().created()),
                Rfc3339.millis(task.times().updated()),
                task.description().name(),
                null,
                null,
                PlanOverlays.NONE,
                List.of(),
                Artifacts.NONE,
                List.of(),
                failed ? errorCode(task) : null,
                failed ? task.result().message() : null);
    }

    private static String errorCode(Task task) {
        if (task.state() == TaskState.CANCELLED) {
            return "CANCELLED";
        }
        return task.runs().timedOut() ? "TIMEOUT" : "FAILED";
    }
}
