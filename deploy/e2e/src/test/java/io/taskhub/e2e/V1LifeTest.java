package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.TaskId;
import io.taskhub.e2e.HttpWorker.Answer;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A v1 task from creation to its end: types, retries, timeouts, cancel and delete in every state. */
@EndToEnd
class V1LifeTest {
    static final Map<String, Object> QUICK_RETRY =
            Map.of("initial", "100ms", "multiplier", 1, "max", "1s", "jitter", 0);
    private static final String FAR = "2099-01-01T00:00:00Z";
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("life");

    V1LifeTest(Hub hub) {
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void every_type_of_the_workers_runs() {
        try (HttpWorker server = HttpWorker.answering(call -> new Answer(200, "fetched"))) {
            List<String> ids = List.of(
                    v1.create(NewTask.noop().queue(queue)),
                    v1.create(NewTask.sleep(50).queue(queue)),
                    v1.create(NewTask.of("sleep").payload("duration", "50ms").queue(queue)),
                    v1.create(NewTask.shell("exit 0").queue(queue)),
                    v1.create(NewTask.of("shell").payload("cmd", "exit 0").queue(queue)),
                    v1.create(
                            NewTask.of("http").payload("url", server.url("/v1")).queue(queue)),
                    v1.create(NewTask.demo(1).queue(queue)));

            for (String id : ids) {
                JsonNode task = v1.awaitState(id, "completed");
                assertThat(task.path("last_err").asText("-")).isEmpty();
                assertThat(task.path("retried").asInt(-1)).isZero();
            }
            assertThat(server.calls("/v1")).hasSize(1);
        }
    }

    @Test
    void a_running_task_is_active() {
        try (Gate gate = Gate.shut()) {
            String id = v1.create(NewTask.shell(gate.waits("end")).queue(queue));

            v1.awaitState(id, "active");
            gate.open("end");

            v1.awaitState(id, "completed");
        }
    }

    @Test
    void without_retries_a_failure_archives_with_its_error() {
        String id = v1.create(NewTask.shell("exit 3").queue(queue).once());

        JsonNode task = v1.awaitState(id, "archived");

        assertThat(task.path("last_err").asText()).isNotEmpty();
        assertThat(task.path("max_retry").asInt(-1)).isZero();
        assertThat(task.path("retried").asInt(-1)).isZero();
    }

    @Test
    void a_failure_waits_about_sixteen_seconds_for_its_first_retry() {
        Instant begun = Instant.now();
        String id = v1.create(NewTask.shell("exit 1").queue(queue));

        JsonNode task = v1.awaitState(id, "retry");

        assertThat(task.path("last_err").asText()).isNotEmpty();
        assertThat(Instant.parse(task.path("next_process_at").asText()))
                .isBetween(begun.plusSeconds(14), Instant.now().plusSeconds(60));
        assertThatReply(v1.cancel(id)).hasStatus(200).has("/message", "task cancelled");
        assertThat(v1.state(id)).as("cancelled at once").isEqualTo("archived");
    }

    @Test
    void a_retry_policy_of_its_own_is_followed() {
        try (Gate gate = Gate.shut()) {
            String id = v1.create(NewTask.shell(gate.leaves("run") + "exit 1")
                    .queue(queue)
                    .with("max_retries", 2)
                    .with("retry_policy", QUICK_RETRY));

            JsonNode task = v1.awaitState(id, "archived");

            assertThat(gate.count("run")).isEqualTo(3);
            assertThat(task.path("retried").asInt()).isEqualTo(2);
            assertThat(task.path("max_retry").asInt()).isEqualTo(2);
        }
    }

    @Test
    void a_timeout_is_a_failed_attempt() {
        try (Gate gate = Gate.shut()) {
            String id = v1.create(NewTask.shell(gate.leaves("run") + "sleep 60")
                    .queue(queue)
                    .with("timeout", "500ms")
                    .with("max_retries", 1)
                    .with("retry_policy", QUICK_RETRY));

            JsonNode task = v1.awaitState(id, "archived");

            assertThat(task.path("last_err").asText()).isNotEmpty();
            assertThat(gate.count("run")).isEqualTo(2);
        }
    }

    @Test
    void a_pending_task_is_cancelled_at_once() {
        v1.pauseQueue(queue);
        String id = v1.create(NewTask.noop().queue(queue));
        assertThat(v1.state(id)).isEqualTo("pending");

        assertThatReply(v1.cancel(id)).hasStatus(200).has("/message", "task cancelled");

        assertThatReply(v1.fetch(id)).has("/state", "archived").has("/last_err", "task cancelled");
        v1.resumeQueue(queue);
    }

    @Test
    void a_scheduled_task_is_cancelled_at_once() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));

        assertThatReply(v1.cancel(id)).hasStatus(200).has("/message", "task cancelled");

        assertThatReply(v1.fetch(id)).has("/state", "archived").has("/last_err", "task cancelled");
    }

    @Test
    void an_active_task_is_stopped() {
        String marker = "6" + (System.nanoTime() % 1_000_000_000L) + ".5";
        String id = v1.create(NewTask.shell("sleep " + marker + " & wait").queue(queue));
        Waiting.await().until(() -> !Processes.withArgument(marker).isEmpty());

        assertThatReply(v1.cancel(id)).hasStatus(200).has("/message", "task cancelled");

        assertThat(v1.awaitState(id, "archived", Duration.ofSeconds(10))
                        .path("last_err")
                        .asText())
                .isEqualTo("task cancelled");
        Waiting.await().until(() -> Processes.withArgument(marker).isEmpty());
    }

    @Test
    void a_finished_or_unknown_task_cannot_be_cancelled() {
        String done = v1.create(NewTask.noop().queue(queue));
        v1.awaitState(done, "completed");

        for (String id : List.of(done, "00000000-0000-7000-8000-000000000000", "nonsense")) {
            assertThatReply(v1.cancel(id)).isV1Error(500, "CANCEL_FAILED").hasTextMatching("/details/reason", ".+");
        }
        assertThat(v1.cancel(done).text("/details/reason"))
                .isNotEqualTo(v1.cancel("nonsense").text("/details/reason"));
    }

    @Test
    void delete_takes_a_task_away_unless_it_runs() {
        String paused = queue + "-paused";
        v1.pauseQueue(paused);
        String pending = v1.create(NewTask.noop().queue(paused));
        String scheduled = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
        String completed = v1.create(NewTask.noop().queue(queue));
        String archived = v1.create(NewTask.shell("exit 1").queue(queue).once());
        v1.awaitState(completed, "completed");
        v1.awaitState(archived, "archived");

        for (String id : List.of(pending, scheduled, completed, archived)) {
            assertThatReply(v1.delete(id)).hasStatus(200).has("/message", "task deleted");
            assertThatReply(v1.fetch(id)).isV1Error(404, "TASK_NOT_FOUND");
            assertThatReply(v1.delete(id)).isV1Error(500, "DELETE_FAILED");
        }
    }

    @Test
    void a_running_or_unknown_task_cannot_be_deleted() {
        try (Gate gate = Gate.shut()) {
            String id = v1.create(NewTask.shell(gate.waits("end")).queue(queue));
            v1.awaitState(id, "active");

            assertThatReply(v1.delete(id)).isV1Error(500, "DELETE_FAILED").hasTextMatching("/details/reason", ".+");
            assertThatReply(v1.delete("nonsense"))
                    .isV1Error(500, "DELETE_FAILED")
                    .hasTextMatching("/details/reason", ".+");

            gate.open("end");
            v1.awaitState(id, "completed");
        }
    }

    @Test
    void another_queue_does_not_have_it() {
        String id = v1.create(NewTask.noop().queue(queue));
        v1.awaitState(id, "completed");

        assertThatReply(admin.get("/api/v1/tasks/" + id + "?queue=" + queue)).hasStatus(200);
        assertThatReply(admin.get("/api/v1/tasks/" + id + "?queue=default")).isV1Error(404, "TASK_NOT_FOUND");
        assertThatReply(admin.delete("/api/v1/tasks/" + id + "?queue=default")).isV1Error(404, "TASK_NOT_FOUND");
        assertThatReply(admin.delete("/api/v1/tasks/" + id + "?queue=" + queue)).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "nonsense", "2147483647", "job-x"})
    void an_unknown_task_is_404(String id) {
        assertThatReply(v1.fetch(id)).isV1Error(404, "TASK_NOT_FOUND");
    }

    @Test
    void every_spelling_finds_the_task() {
        String id = v1.create(NewTask.noop().queue(queue));
        v1.awaitState(id, "completed");
        long number = admin.get("/api/tasks/" + id).expect(200).number("/data/id");

        for (String spelling : List.of(TaskId.of(id).tsk(), TaskId.of(id).job(), Long.toString(number))) {
            assertThatReply(v1.fetch(spelling)).hasStatus(200).has("/id", id);
        }
    }

    @Test
    void the_list_filters_by_queue_state_and_type() {
        String noop = v1.create(NewTask.noop().queue(queue));
        String later = v1.create(NewTask.demo(1).queue(queue).with("process_at", FAR));
        v1.awaitState(noop, "completed");

        assertThat(listed("queue=" + queue)).contains(noop, later);
        assertThat(listed("queue=" + queue + "&state=scheduled"))
                .contains(later)
                .doesNotContain(noop);
        assertThat(listed("queue=" + queue + "&type=noop")).contains(noop).doesNotContain(later);
        String page = listed("queue=" + queue + "&limit=1");
        assertThat(page.contains(noop)).isNotEqualTo(page.contains(later));
    }

    private String listed(String query) {
        return admin.get("/api/v1/tasks?" + query).expect(200).body();
    }
}
