package io.taskhub.task.api.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrderedTasksTest {
    private static TaskOrder order(String key) {
        return Orders.node(key, "q");
    }

    @Test
    void an_order_becomes_a_task_with_its_id_its_place_and_a_key_of_its_caller() {
        TaskOrder order = order("a");
        NewTask task = OrderedTasks.of(List.of(order), "svc-dag").good().getFirst();
        assertThat(task.id()).isEqualTo(order.task());
        assertThat(task.unique()).isEqualTo(new NewTask.Unique.Order("svc-dag", "a", Duration.ofDays(30)));
        assertThat(task.link()).isEqualTo(new Task.Link(order.run_id(), "a", null, null, null));
        assertThat(task.limits())
                .isEqualTo(new NewTask.Limits(
                        3,
                        new RetryPolicy.Exponential(Duration.ofMinutes(1), 2, Duration.ofHours(24), 0),
                        Duration.ofMinutes(1),
                        true));
    }

    @Test
    void what_can_never_be_stored_is_a_receipt_and_the_others_are_unharmed() {
        OrderedTasks ordered = OrderedTasks.of(
                List.of(
                        Orders.withPayload("nul", "{\"a\":\"\0\"}"),
                        order("good"),
                        Orders.withPayload("large", "x".repeat((1 << 20) + 1)),
                        Orders.withTask("random", new TaskId(UUID.fromString("0199c8f0-0000-4000-8000-00000000002a")))),
                "svc");
        assertThat(ordered.good()).hasSize(1);
        TaskId made = TaskId.next();
        TaskOrder.Reply reply = ordered.reply(List.of(new Submission.Accepted(made, 1, TaskState.PENDING, "q")));
        assertThat(reply.receipts())
                .extracting(TaskOrder.Receipt::key)
                .containsExactly("nul", "good", "large", "random");
        assertThat(reply.receipts().get(1)).isEqualTo(new TaskOrder.Receipt("good", made, null));
        assertThat(reply.receipts().stream().filter(r -> r.error() != null)).hasSize(3);
    }

    @Test
    void one_id_under_two_keys_is_an_error_of_the_second_and_one_order_twice_is_none() {
        TaskOrder order = order("a");
        TaskOrder.Reply reply = OrderedTasks.of(List.of(order, order, Orders.withTask("b", order.task())), "svc")
                .reply(List.of(new Submission.AlreadyExists(order.task()), new Submission.AlreadyExists(order.task())));
        assertThat(reply.receipts().get(2).error()).isEqualTo("its task is also ordered as a");
    }
}
