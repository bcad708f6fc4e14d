package io.taskhub.task.api.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.restassured.RestAssured;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.LeaseHolder;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OrdersTest {
    private static final int MEBIBYTE = 1 << 20;

    @Inject
    Tasks tasks;

    @Inject
    Calls calls;

    @Inject
    LeaseHolder worker;

    private final String unique = UUID.randomUUID().toString();

    private TaskOrder node(int n) {
        return Orders.node("dag:" + unique + ":" + n, "q-" + unique);
    }

    private List<TaskOrder> nodes(int count) {
        return IntStream.range(0, count).mapToObj(this::node).toList();
    }

    private List<TaskOrder.Receipt> order(List<TaskOrder> orders) {
        return calls.service()
                .body(JsonBody.write(new TaskOrder.Batch(orders)))
                .post("/internal/tasks")
                .then()
                .statusCode(200)
                .extract()
                .as(TaskOrder.Reply.class)
                .receipts();
    }

    private TaskOutcome.Reply outcomes(List<TaskId> ids) {
        return calls.service()
                .body(JsonBody.write(new TaskOutcome.Query(ids)))
                .post("/internal/tasks/outcomes")
                .then()
                .statusCode(200)
                .extract()
                .as(TaskOutcome.Reply.class);
    }

    private void cancel(List<TaskId> ids) {
        calls.service()
                .body(JsonBody.write(new TaskOrder.Cancel(ids, "run cancelled")))
                .post("/internal/tasks/cancel")
                .then()
                .statusCode(204);
    }

    private static List<TaskOrder.Receipt> receipts(List<TaskOrder> orders) {
        return orders.stream()
                .map(order -> new TaskOrder.Receipt(order.key(), order.task(), null))
                .toList();
    }

    private static List<TaskId> ids(List<TaskOrder> orders) {
        return orders.stream().map(TaskOrder::task).toList();
    }

    @Test
    void a_thousand_orders_in_one_request_become_tasks_under_their_own_ids() {
        List<TaskOrder> orders = nodes(1_000);
        assertThat(order(orders)).isEqualTo(receipts(orders));
        assertThat(order(orders)).isEqualTo(receipts(orders));
        assertThat(tasks.queueStats("q-" + unique).getFirst().pending()).isEqualTo(1_000);
        var made = tasks.find(orders.get(7).task().toString()).orElseThrow();
        assertThat(made.logical()).isEqualTo(orders.get(7).logical_id());
        assertThat(made.link().runId()).isEqualTo(Orders.RUN);
        assertThat(made.description().createdBy()).isEqualTo("ann");
        cancel(ids(orders));
        assertThat(tasks.queueStats("q-" + unique).getFirst().pending()).isZero();
    }

    @Test
    void two_callers_with_the_same_orders_at_once_get_one_task_each_and_hear_of_the_same_ones() throws Exception {
        List<Future<List<TaskOrder.Receipt>>> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 12; i++) {
                // Half of them repeat their own request, half make up new ids for the same keys.
                List<TaskOrder> orders = nodes(100);
                answers.add(callers.submit(() -> order(orders)));
                answers.add(callers.submit(() -> order(orders)));
            }
        }
        List<TaskOrder.Receipt> first = answers.getFirst().get();
        assertThat(first).allSatisfy(receipt -> assertThat(receipt.task()).isNotNull());
        for (Future<List<TaskOrder.Receipt>> answer : answers) {
            assertThat(answer.get()).isEqualTo(first);
        }
        assertThat(tasks.queueStats("q-" + unique).getFirst().pending()).isEqualTo(100);
        cancel(first.stream().map(TaskOrder.Receipt::task).toList());
    }

    @Test
    void an_order_is_not_carried_out_again_when_its_task_has_ended_or_was_deleted() {
        List<TaskOrder> orders = nodes(3);
        order(orders);
        cancel(ids(orders).subList(1, 3));
        worker.succeed(worker.claim(orders.get(0).task()), "");
        tasks.delete(orders.get(1).task().toString());
        assertThat(order(nodes(3))).isEqualTo(receipts(orders));
        assertThat(tasks.queueStats("q-" + unique).getFirst().pending()).isZero();
        assertThat(outcomes(List.of(orders.get(1).task())).unknown())
                .containsExactly(orders.get(1).task());
    }

    @Test
    void keys_of_different_callers_never_meet() {
        TaskOrder order = node(1);
        order(List.of(order));
        calls.as("svc-other", "service")
                .body(JsonBody.write(new TaskOrder.Batch(List.of(node(1)))))
                .post("/internal/tasks")
                .then()
                .statusCode(200)
                .body("receipts[0].task", notNullValue());
        assertThat(tasks.queueStats("q-" + unique).getFirst().pending()).isEqualTo(2);
    }

    /** The id is taken, which only the database knows: found alone, also when strangers and repetitions are with it. */
    @Test
    void an_order_that_the_database_refuses_fails_alone_also_among_repeated_ones() {
        List<TaskOrder> orders = nodes(2);
        order(orders);
        TaskOrder bad =
                Orders.withTask("dag:" + unique + ":bad", orders.getFirst().task());
        TaskOrder fresh = node(3);
        List<TaskOrder.Receipt> receipts = order(List.of(orders.get(1), bad, fresh));
        assertThat(receipts.get(0)).isEqualTo(receipts(orders).get(1));
        assertThat(receipts.get(1).error()).isNotNull();
        assertThat(receipts.get(2)).isEqualTo(receipts(List.of(fresh)).getFirst());
    }

    @Test
    void outcomes_tell_the_state_and_after_the_end_what_was_left() {
        List<TaskOrder> orders = nodes(3);
        order(orders.subList(0, 2));
        worker.end(worker.claim(orders.get(0).task()), Report.Outcome.FAILED, 3, "half", "", "exit code 3");
        worker.end(worker.claim(orders.get(1).task()), Report.Outcome.TIMED_OUT, -1, "some", "", "");
        order(orders.subList(2, 3));
        TaskId nobody = TaskId.next();
        TaskOutcome.Reply reply = outcomes(
                Stream.concat(ids(orders).stream(), Stream.of(nobody, nobody)).toList());
        assertThat(reply.unknown()).containsExactly(nobody);
        assertThat(reply.outcomes()).hasSize(3).allSatisfy(outcome -> {
            switch (ids(orders).indexOf(outcome.task())) {
                case 0 -> {
                    assertThat(outcome.state()).isEqualTo(TaskState.RETRY);
                    assertThat(outcome.stdout()).isEmpty();
                    assertThat(outcome.attempt()).isPositive();
                }
                case 1 -> {
                    assertThat(outcome.state()).isEqualTo(TaskState.ARCHIVED);
                    assertThat(outcome.timed_out()).isTrue();
                    assertThat(outcome.stdout()).isEqualTo("some");
                    assertThat(outcome.message()).isEqualTo("Task timeout after 60 seconds");
                    assertThat(outcome.finished_ms()).isNotNull();
                }
                default -> {
                    assertThat(outcome.state()).isEqualTo(TaskState.PENDING);
                    assertThat(outcome.max_attempts()).isEqualTo(3);
                    assertThat(outcome.started_ms()).isNull();
                }
            }
        });
    }

    @Test
    void an_answer_of_outcomes_has_a_size_and_what_is_left_out_is_asked_for_again() {
        List<TaskOrder> orders = nodes(10);
        order(orders);
        for (TaskOrder order : orders) {
            worker.succeed(worker.claim(order.task()), "x".repeat(MEBIBYTE));
        }
        List<TaskId> left = new ArrayList<>(ids(orders));
        TaskOutcome.Reply first = outcomes(left);
        assertThat(first.outcomes()).hasSize(8);
        assertThat(first.unknown()).isEmpty();
        first.outcomes().forEach(outcome -> left.remove(outcome.task()));
        assertThat(outcomes(left).outcomes()).extracting(TaskOutcome::task).containsExactlyElementsOf(left);
    }

    @Test
    void cancel_ends_what_waits_asks_who_runs_and_leaves_the_rest_alone() {
        List<TaskOrder> orders = nodes(3);
        order(orders);
        worker.succeed(worker.claim(orders.get(0).task()), "");
        Lease running = worker.claim(orders.get(1).task());
        cancel(Stream.concat(ids(orders).stream(), Stream.of(TaskId.next())).toList());
        assertThat(tasks.findAll(ids(orders)).values())
                .extracting(task -> task.state() + " " + task.cancelRequested())
                .contains("COMPLETED false", "ACTIVE true");
        assertThat(tasks.history(running.task().toString(), 2, 10).orElseThrow().events())
                .anySatisfy(event -> assertThat(event).isInstanceOf(TaskEvent.CancelRequested.class));
        worker.succeed(running, "");
        assertThat(outcomes(List.of(running.task())).outcomes().getFirst().state())
                .isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void too_many_no_list_and_no_service_are_refused() {
        for (String path : List.of("", "/outcomes", "/cancel")) {
            String field = path.isEmpty() ? "orders" : "tasks";
            String tooMany = "null,".repeat(1_000) + "null";
            calls.service()
                    .body("{\"" + field + "\":[" + tooMany + "]}")
                    .post("/internal/tasks" + path)
                    .then()
                    .statusCode(400);
            calls.service().body("{}").post("/internal/tasks" + path).then().statusCode(400);
            calls.operator().body("{}").post("/internal/tasks" + path).then().statusCode(403);
            RestAssured.given()
                    .contentType("application/json")
                    .body("{}")
                    .post("/internal/tasks" + path)
                    .then()
                    .statusCode(401);
        }
        calls.service()
                .body("{\"orders\":[{\"key\":\"only\"}]}")
                .post("/internal/tasks")
                .then()
                .statusCode(200)
                .body("receipts[0].key", equalTo("only"))
                .body("receipts[0].error", notNullValue());
    }
}
