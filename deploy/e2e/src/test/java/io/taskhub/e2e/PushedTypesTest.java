package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.HttpWorker.Answer;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A worker of one's own, registered with {@code types}, is pushed its tasks (decisions §3). */
@EndToEnd
class PushedTypesTest {
    private static final String EXECUTE = "/api/worker/execute";
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String type = Names.unique("my.type");

    PushedTypesTest(Hub hub) {
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void a_task_of_a_registered_type_arrives_and_its_answer_is_the_result() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.json(success("done by me")))) {
            register(worker, Map.of("token", "secret-of-the-worker"));

            String id = createWhenAccepted(
                    NewTask.of(type).payload("colour", "blue").payload("n", 7).once());
            v1.awaitState(id, "completed");

            HttpWorker.Call call = worker.calls(EXECUTE).getFirst();
            JsonNode task = call.json().path("task");
            assertThat(task.path("exec_type").asText()).isEqualTo("Local");
            assertThat(task.path("exec_command").asText()).isEqualTo(type);
            assertThat(task.path("id").asText()).isNotEmpty();
            assertThat(task.path("exec_params").path("colour").asText()).isEqualTo("blue");
            assertThat(task.path("exec_params").path("n").asInt()).isEqualTo(7);
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.headers().getFirst("Idempotency-Key")).matches(".+:1");
            assertThat(call.headers().getFirst("Authorization")).isEqualTo("Bearer secret-of-the-worker");
            assertThat(admin.get("/api/tasks/" + id).expect(200).text("/data/last_output"))
                    .isEqualTo("done by me");
        }
    }

    @Test
    void without_a_token_of_its_own_the_worker_gets_none_of_ours() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.json(success("")))) {
            register(worker, Map.of());

            v1.awaitState(createWhenAccepted(NewTask.of(type).once()), "completed");

            assertThat(worker.calls(EXECUTE).getFirst().headers().getFirst("Authorization"))
                    .isNull();
        }
    }

    @Test
    void a_type_that_nobody_registered_is_unknown() {
        assertThatReply(v1.post(NewTask.of(Names.unique("never.seen")))).isV1Error(400, "INVALID_TASK_TYPE");
    }

    @Test
    void an_answer_of_failure_fails_the_task_with_its_message() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.json(
                Map.of("status", 3, "message", "my own reason", "exit_code", 5, "stdout", "", "stderr", "")))) {
            register(worker, Map.of());

            String id = createWhenAccepted(NewTask.of(type).once());

            assertThat(v1.awaitState(id, "archived").path("last_err").asText()).contains("my own reason");
        }
    }

    @Test
    void a_worker_that_hangs_up_fails_the_attempt_and_only_retries_repeat_it() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.hangUp())) {
            register(worker, Map.of());

            String id = createWhenAccepted(NewTask.of(type).once());

            assertThat(v1.awaitState(id, "archived").path("last_err").asText()).isNotEmpty();
            assertThat(worker.calls(EXECUTE)).hasSize(1);
        }
    }

    @Test
    void a_retry_has_its_own_idempotency_key() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.hangUp())) {
            register(worker, Map.of());
            String id = createWhenAccepted(NewTask.of(type)
                    .with("max_retries", 1)
                    .with("retry_policy", Map.of("initial", "100ms", "multiplier", 1, "max", "1s", "jitter", 0)));
            v1.awaitState(id, "archived");

            List<String> keys = worker.calls(EXECUTE).stream()
                    .map(c -> c.headers().getFirst("Idempotency-Key"))
                    .toList();
            assertThat(keys).hasSize(2).doesNotHaveDuplicates();
            assertThat(keys.getLast()).endsWith(":2");
        }
    }

    @Test
    void a_refused_connection_moves_on_to_the_next_worker() {
        try (HttpWorker worker = HttpWorker.answering(call -> Answer.json(success("second choice")))) {
            admin.post(
                            "/api/workers/register",
                            Map.of("id", "0-" + type, "host", "127.0.0.1", "port", 1, "types", List.of(type)))
                    .expect(200);
            register(worker, Map.of("running_tasks", 5));

            String id = createWhenAccepted(NewTask.of(type).once());

            v1.awaitState(id, "completed");
            assertThat(worker.calls(EXECUTE)).hasSize(1);
        }
    }

    @Test
    void a_worker_that_falls_silent_in_mid_task_loses_it() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        try (HttpWorker worker = HttpWorker.answering(call -> {
            awaitQuietly(end);
            return Answer.json(success("too late"));
        })) {
            register(worker, Map.of());
            String id = createWhenAccepted(NewTask.of(type).once());
            Waiting.await().until(() -> !worker.calls(EXECUTE).isEmpty());

            assertThat(v1.awaitState(id, "archived").path("last_err").asText()).isNotEmpty();
            end.countDown();
        }
    }

    @Test
    void no_worker_gets_more_than_it_takes_at_once() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Gate gate = Gate.shut();
                HttpWorker worker = HttpWorker.answering(call -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    Waiting.await().until(() -> gate.has("first") || most.get() > 1);
                    running.decrementAndGet();
                    return Answer.json(success(""));
                })) {
            register(worker, Map.of("max_running_tasks", 1));
            List<String> ids = List.of(
                    createWhenAccepted(NewTask.of(type)), v1.create(NewTask.of(type)), v1.create(NewTask.of(type)));
            Waiting.await().until(() -> !worker.calls(EXECUTE).isEmpty());
            register(worker, Map.of("max_running_tasks", 1));
            gate.open("first");

            ids.forEach(id -> v1.awaitState(id, "completed"));

            assertThat(most.get()).isEqualTo(1);
        }
    }

    @Test
    void cancel_tells_the_worker_too() {
        CountDownLatch end = new CountDownLatch(1);
        try (HttpWorker worker = HttpWorker.answering(call -> {
            if (call.path().equals(EXECUTE)) {
                awaitQuietly(end);
            }
            return Answer.json(success(""));
        })) {
            register(worker, Map.of());
            String id = createWhenAccepted(NewTask.of(type).once());
            Waiting.await().until(() -> !worker.calls(EXECUTE).isEmpty());

            assertThatReply(v1.cancel(id)).hasStatus(200);

            assertThat(v1.awaitState(id, "archived").path("last_err").asText()).isEqualTo("task cancelled");
            Waiting.await().until(() -> !worker.calls("/api/worker/cancel").isEmpty());
            String sent = worker.calls(EXECUTE).getFirst().json().at("/task/id").asText();
            assertThat(worker.calls("/api/worker/cancel")
                            .getFirst()
                            .json()
                            .path("id")
                            .asText())
                    .isEqualTo(sent);
            end.countDown();
        }
    }

    private void register(HttpWorker worker, Map<String, ?> more) {
        Map<String, Object> body = new HashMap<>(
                Map.of("id", "9-" + type, "host", "127.0.0.1", "port", worker.port(), "types", List.of(type)));
        body.putAll(more);
        admin.post("/api/workers/register", body).expect(200);
    }

    /** The engine hears of a new type with the next claim request, so the first create may come too early. */
    private String createWhenAccepted(NewTask task) {
        Waiting.await().until(() -> {
            int status = v1.post(NewTask.of(type).with("process_at", "2099-01-01T00:00:00Z"))
                    .status();
            return status == 201;
        });
        return v1.create(task);
    }

    private static Map<String, Object> success(String stdout) {
        return Map.of("status", 2, "message", "ok", "exit_code", 0, "stdout", stdout, "stderr", "", "duration_ms", 1);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            if (!latch.await(40, java.util.concurrent.TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test forgot to end this call");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
