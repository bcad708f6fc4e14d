package io.taskhub.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskOrderTest {
    private static final TaskId TASK = TaskId.of("0199c8f0-0000-7000-8000-00000000002a");
    private static final TaskOrder.Source SOURCE =
            new TaskOrder.Source(Origin.DAG, "1760000000000_a1b2c3", "a", null, "admin");

    private static TaskOrder order(Map<String, Object> config) {
        return TaskOrder.of("dag:1760000000000_a1b2c3:a", TASK, TaskConfig.from(config), SOURCE);
    }

    @Test
    void an_order_says_what_the_task_s_description_says() {
        assertThat(order(Map.of(
                        "id",
                        "a",
                        "name",
                        "step a",
                        "exec_type",
                        "Shell",
                        "exec_command",
                        "date",
                        "retry_count",
                        2,
                        "retry_delay_ms",
                        50,
                        "timeout_ms",
                        1_500,
                        "priority",
                        "High",
                        "labels",
                        List.of("gpu"))))
                .isEqualTo(new TaskOrder(
                        "dag:1760000000000_a1b2c3:a",
                        TASK,
                        Origin.DAG,
                        "step a",
                        "shell",
                        "{\"command\":\"date\"}",
                        "default",
                        1,
                        List.of("gpu"),
                        3,
                        50,
                        true,
                        1_500,
                        "1760000000000_a1b2c3",
                        "a",
                        null,
                        null,
                        "admin"));
    }

    @Test
    void without_a_name_it_is_called_by_its_id_and_without_retries_it_has_one_attempt() {
        TaskOrder order = order(Map.of("id", "a", "exec_type", "Shell"));
        assertThat(order.name()).isEqualTo("a");
        assertThat(order.max_attempts()).isEqualTo(1);
    }

    @Test
    void a_remote_task_s_labels_choose_its_worker_and_not_the_process_that_calls_it() {
        TaskOrder order = order(Map.of("id", "a", "exec_type", "Remote", "labels", List.of("gpu")));
        assertThat(order.labels()).isEmpty();
        assertThat(order.type()).isEqualTo("remote");
        assertThat(order.payload()).contains("\"labels\":[\"gpu\"]");
    }

    @Test
    void a_remote_task_within_a_remote_task_can_never_run() {
        Map<String, Object> config =
                Map.of("id", "a", "exec_type", "Remote", "exec_params", Map.of("inner.exec_type", "Remote"));
        assertThatIllegalArgumentException().isThrownBy(() -> order(config));
    }
}
