package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What keeps a task from being made twice: {@code unique} windows and {@code Idempotency-Key}. */
@EndToEnd
class V1UniqueTest {
    private static final String FAR = "2099-01-01T00:00:00Z";
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("unique");

    V1UniqueTest(Hub hub) {
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void the_same_task_again_is_409_and_names_the_holder() {
        String holder = v1.create(later());

        assertThatReply(v1.post(later())).isV1Error(409, "TASK_ALREADY_EXISTS").has("/details/task_id", holder);
    }

    @Test
    void the_order_of_keys_does_not_matter_but_queue_type_and_values_do() {
        String body =
                "{\"type\":\"noop\",\"queue\":\"%s\",\"unique\":\"1h\",\"process_at\":\"" + FAR + "\",\"payload\":%s}";
        admin.post("/api/v1/tasks", body.formatted(queue, "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}"))
                .expect(201);

        assertThatReply(admin.post("/api/v1/tasks", body.formatted(queue, "{\"b\":{\"d\":3,\"c\":2}, \"a\":1}")))
                .hasStatus(409);
        assertThatReply(admin.post("/api/v1/tasks", body.formatted(queue, "{\"a\":1,\"b\":{\"c\":2,\"d\":4}}")))
                .hasStatus(201);
        assertThatReply(admin.post("/api/v1/tasks", body.formatted(queue + "x", "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}")))
                .hasStatus(201);
    }

    @Test
    void without_unique_nothing_is_compared() {
        v1.create(later());

        assertThatReply(v1.post(later().without("unique"))).hasStatus(201);
    }

    @Test
    void cancel_and_delete_free_it() {
        String cancelled = v1.create(later());
        v1.cancel(cancelled).expect(200);
        String deleted = v1.create(later());
        v1.delete(deleted).expect(200);

        assertThatReply(v1.post(later())).hasStatus(201);
    }

    @Test
    void completion_frees_it() {
        NewTask task = NewTask.noop().queue(queue).with("unique", "1h");
        v1.awaitState(v1.create(task), "completed");

        assertThatReply(v1.post(task)).hasStatus(201);
    }

    @Test
    void an_archived_task_keeps_it() {
        NewTask task = NewTask.shell("exit 1").queue(queue).once().with("unique", "1h");
        String holder = v1.create(task);
        v1.awaitState(holder, "archived");

        assertThatReply(v1.post(task)).isV1Error(409, "TASK_ALREADY_EXISTS").has("/details/task_id", holder);
    }

    @Test
    void the_window_ends() {
        NewTask task = NewTask.shell("exit 1").queue(queue).once().with("unique", "1s");
        v1.create(task);

        Waiting.await().until(() -> v1.post(task).status() == 201);
    }

    @Test
    void of_many_at_once_one_wins() throws Exception {
        List<Reply> replies = allAtOnce(20, () -> v1.post(later()));

        assertThat(replies.stream().filter(r -> r.status() == 201)).hasSize(1);
        assertThat(replies.stream().filter(r -> r.status() == 409)).hasSize(19);
    }

    @Test
    void an_idempotency_key_gives_the_first_answer_again() {
        TaskHubClient keyed = admin.withHeader("Idempotency-Key", Names.unique("key"));
        NewTask task = later().without("unique");
        Reply first = keyed.post("/api/v1/tasks", task.body());
        Reply second = keyed.post("/api/v1/tasks", task.body());
        Reply other = keyed.post("/api/v1/tasks", NewTask.sleep(1).queue(queue).body());

        assertThatReply(first).hasStatus(201);
        assertThatReply(second).hasStatus(201).has("/task_id", first.text("/task_id"));
        assertThatReply(other).hasStatus(422);
        assertThatReply(admin.withHeader("Idempotency-Key", Names.unique("key")).post("/api/v1/tasks", task.body()))
                .hasStatus(201);
    }

    @Test
    void many_at_once_under_one_key_are_one_task() throws Exception {
        TaskHubClient keyed = admin.withHeader("Idempotency-Key", Names.unique("key"));
        Map<String, Object> body = later().without("unique").body();

        Set<String> ids = allAtOnce(10, () -> keyed.post("/api/v1/tasks", body)).stream()
                .map(r -> r.expect(201).text("/task_id"))
                .collect(Collectors.toSet());

        assertThat(ids).hasSize(1);
    }

    @Test
    void a_batch_answers_each_item_in_order() {
        Map<String, Object> good = later().without("unique").body();
        Reply reply = admin.post(
                "/api/v1/tasks:batch",
                Map.of(
                        "tasks",
                        List.of(
                                good,
                                NewTask.of("no.such.type").body(),
                                NewTask.noop().with("timeout", "soon").body(),
                                NewTask.noop().queue(queue).body(),
                                later().body(),
                                later().body(),
                                "text")));

        assertThatReply(reply)
                .hasStatus(201)
                .hasTextMatching("/results/0/task_id", ".+")
                .has("/results/0/status", "scheduled")
                .has("/results/0/queue", queue)
                .has("/results/1/code", "INVALID_TASK_TYPE")
                .hasTextMatching("/results/1/error", ".+")
                .has("/results/2/code", "INVALID_TIMEOUT")
                .has("/results/3/status", "pending")
                .has("/results/4/status", "scheduled")
                .has("/results/5/code", "TASK_ALREADY_EXISTS")
                .has("/results/5/details/task_id", reply.text("/results/4/task_id"))
                .has("/results/6/code", "INVALID_REQUEST");
        assertThat(reply.at("/results").size()).isEqualTo(7);
        v1.awaitState(reply.text("/results/3/task_id"), "completed");
    }

    @Test
    void a_batch_has_at_most_a_thousand_and_must_be_a_list() {
        List<Map<String, Object>> many = IntStream.range(0, 1_001)
                .mapToObj(i -> NewTask.noop().queue(queue).body())
                .toList();

        assertThatReply(admin.post("/api/v1/tasks:batch", Map.of("tasks", many)))
                .isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.post("/api/v1/tasks:batch", Map.of("tasks", "x"))).isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.post("/api/v1/tasks:batch", Map.of())).isV1Error(400, "INVALID_REQUEST");
    }

    private NewTask later() {
        return NewTask.noop()
                .queue(queue)
                .payload("k", "v")
                .with("unique", "1h")
                .with("process_at", FAR);
    }

    private static List<Reply> allAtOnce(int times, java.util.concurrent.Callable<Reply> call) throws Exception {
        List<Reply> replies = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Reply>> calls = new ArrayList<>();
            for (int i = 0; i < times; i++) {
                calls.add(threads.submit(call));
            }
            for (Future<Reply> reply : calls) {
                replies.add(reply.get());
            }
        }
        return replies;
    }
}
