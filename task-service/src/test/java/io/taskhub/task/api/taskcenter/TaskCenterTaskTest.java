package io.taskhub.task.api.taskcenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Golden;
import io.taskhub.task.api.SampleTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskCenterTaskTest {

    @Test
    void a_plain_task_is_a_bare_object_without_a_plan() {
        Golden.assertMatches(
                "task-center-task",
                TaskCenterTask.from(SampleTask.in(TaskState.ACTIVE).task()));
    }

    @Test
    void a_failure_names_its_kind() {
        assertThat(code(SampleTask.in(TaskState.CANCELLED))).isEqualTo("CANCELLED");
        assertThat(code(SampleTask.in(TaskState.ARCHIVED).timedOut())).isEqualTo("TIMEOUT");
        assertThat(code(SampleTask.in(TaskState.ARCHIVED))).isEqualTo("FAILED");
        assertThat(code(SampleTask.in(TaskState.ARCHIVED).left(0, "", "", "worker lost", null)))
                .isEqualTo("WORKER_LOST");
        assertThat(code(SampleTask.in(TaskState.COMPLETED))).isNull();
    }

    @Test
    void how_the_engine_ended_it_counts_for_more_than_what_the_agent_said() {
        var said = new AgentUpdate.Failure("NAVIGATION_FAILED", "no such host", "look at the address");
        assertThat(AgentFailure.of(SampleTask.in(TaskState.ARCHIVED).task(), said))
                .isEqualTo(new AgentFailure("NAVIGATION_FAILED", "no such host", "look at the address"));
        assertThat(AgentFailure.of(SampleTask.in(TaskState.CANCELLED).task(), said))
                .isEqualTo(new AgentFailure("CANCELLED", "task cancelled", "Create the task again to run it."));
        assertThat(AgentFailure.of(SampleTask.in(TaskState.ARCHIVED).timedOut().task(), said))
                .isEqualTo(new AgentFailure("TIMEOUT", "task timed out", "Ask for less in one task, or try again."));
        SampleTask lost = SampleTask.in(TaskState.ARCHIVED).left(0, "", "", "worker lost", null);
        assertThat(AgentFailure.of(lost.task(), said))
                .isEqualTo(new AgentFailure("WORKER_LOST", "worker lost", "Try again; look at the worker's logs."));
        assertThat(AgentFailure.of(SampleTask.in(TaskState.ARCHIVED).task(), null))
                .isEqualTo(new AgentFailure("FAILED", "task failed", "Look at the task's logs."));
    }

    @Test
    void its_errors_are_problems() {
        Golden.assertMatches(
                "task-center-error",
                new TaskCenterErrors().body(new Failure(Failure.Kind.NOT_FOUND, "task not found: tsk_1")));
    }

    private static @Nullable String code(SampleTask task) {
        return TaskCenterTask.from(task.task()).error_code();
    }
}
