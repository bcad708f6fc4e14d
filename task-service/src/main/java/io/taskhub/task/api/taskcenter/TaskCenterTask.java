package io.taskhub.task.api.taskcenter;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.Plan;
import io.taskhub.task.Task;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.TaskCenterStatus;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A task as the contract's section 3 shows it. A task that no planner made has no plan, overlays or artifacts; its name is its
 * prompt. {@code metadata}, the client's own, is there for planned tasks, what begins with {@code error} and {@code hint} after a
 * failure only.
 */
public record TaskCenterTask(
        String task_id,
        String status,
        String created_at,
        String updated_at,
        String prompt,
        AgentTask.@Nullable Planner planner,
        @Nullable Plan plan,
        PlanOverlays plan_overlays,
        List<ExecutionOverlay> execution_overlays,
        Artifacts artifacts,
        List<LogLine> logs,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonRawValue @Nullable
        String metadata,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error_code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error_message,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String hint) {

    /** Boxes that belong to steps of the plan. */
    public record PlanOverlays(List<StepOverlay> steps) {}

    public record StepOverlay(String id, List<Integer> bbox, String recorded_at) {
        static StepOverlay from(AgentUpdate.Overlay overlay) {
            return new StepOverlay(overlay.step(), overlay.bbox(), overlay.recorded_at());
        }
    }

    public record ExecutionOverlay(
            String type, List<Integer> bbox, String recorded_at, Map<String, String> meta, String content_type) {
        static ExecutionOverlay from(AgentUpdate.Overlay overlay) {
            return new ExecutionOverlay(
                    overlay.type(), overlay.bbox(), overlay.recorded_at(), overlay.meta(), overlay.content_type());
        }
    }

    /** Files that the task left. */
    public record Artifacts(int count, List<ArtifactItem> items) {
        static Artifacts of(List<ArtifactItem> items) {
            return new Artifacts(items.size(), items);
        }
    }

    public record LogLine(String level, String message, String recorded_at) {
        static LogLine from(AgentUpdate.Log log) {
            return new LogLine(log.level(), log.message(), log.recorded_at());
        }
    }

    /** @param run what its history says */
    static TaskCenterTask from(Task task, AgentTask agent, AgentRun run) {
        return from(task, agent, run, task.description().metadata());
    }

    /** A task of another dialect. */
    static TaskCenterTask from(Task task) {
        return from(task, null, new AgentRun(), null);
    }

    private static TaskCenterTask from(Task task, @Nullable AgentTask agent, AgentRun run, @Nullable String metadata) {
        AgentFailure failure = AgentFailure.of(task, run.failure());
        return new TaskCenterTask(
                task.id().tsk(),
                TaskCenterStatus.of(task.state()).word(),
                Rfc3339.millis(task.times().created()),
                Rfc3339.millis(task.times().updated()),
                agent == null ? task.description().name() : agent.prompt(),
                agent == null ? null : agent.planner(),
                agent == null ? null : agent.plan(),
                new PlanOverlays(
                        run.lastOfEachStep().stream().map(StepOverlay::from).toList()),
                run.overlays().stream().map(ExecutionOverlay::from).toList(),
                Artifacts.of(run.artifacts().stream()
                        .map(artifact -> ArtifactItem.from(task.id(), artifact))
                        .toList()),
                run.logs().stream().map(LogLine::from).toList(),
                metadata,
                failure.code(),
                failure.message(),
                failure.hint());
    }
}
