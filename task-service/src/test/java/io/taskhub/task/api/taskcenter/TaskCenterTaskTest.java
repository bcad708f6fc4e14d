package io.taskhub.task.api.taskcenter;

import static org.assertj.core.api.Assertions.assertThat;

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
    void its_errors_are_problems() {
        Golden.assertMatches(
                "task-center-error",
                new TaskCenterErrors().body(new Failure(Failure.Kind.NOT_FOUND, "task not found: tsk_1")));
    }

    private static @Nullable String code(SampleTask task) {
        return TaskCenterTask.from(task.task()).error_code();
    }
}
