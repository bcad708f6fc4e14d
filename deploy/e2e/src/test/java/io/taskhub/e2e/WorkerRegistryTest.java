package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/workers…}: who is there and who is alive. */
@EndToEnd
class WorkerRegistryTest {
    private final TaskHubClient admin;
    private final String id = Names.unique("worker");

    WorkerRegistryTest(Hub hub) {
        this.admin = hub.admin();
    }

    @Test
    void a_registered_worker_is_listed_alive() {
        assertThatReply(admin.post(
                        "/api/workers/register",
                        Map.of(
                                "id",
                                id,
                                "host",
                                "127.0.0.1",
                                "port",
                                8083,
                                "queues",
                                List.of("q1", "q2"),
                                "labels",
                                List.of("gpu"),
                                "running_tasks",
                                1)))
                .hasStatus(200)
                .has("/ok", true);

        JsonNode worker = listed(id);

        assertThat(worker.path("host").asText()).isEqualTo("127.0.0.1");
        assertThat(worker.path("port").asInt()).isEqualTo(8083);
        assertThat(worker.path("running_tasks").asInt()).isEqualTo(1);
        assertThat(worker.path("alive").isBoolean()).isTrue();
        assertThat(worker.path("alive").asBoolean()).isTrue();
        assertThat(worker.path("last_seen_ms_ago").asLong(-1)).isBetween(0L, 10_000L);
        assertThat(worker.path("queues").toString()).isEqualTo("[\"q1\",\"q2\"]");
        assertThat(worker.path("labels").toString()).isEqualTo("[\"gpu\"]");
        assertThatReply(admin.get("/api/workers")).hasStatus(200).has("/ok", true);
    }

    @Test
    void registering_again_replaces() {
        register(Map.of("id", id, "host", "127.0.0.1", "port", 1));
        register(Map.of("id", id, "host", "127.0.0.1", "port", 2, "labels", List.of("new")));

        assertThat(listed(id).path("port").asInt()).isEqualTo(2);
        assertThat(listed(id).path("labels").toString()).isEqualTo("[\"new\"]");
    }

    @Test
    void a_heartbeat_tells_how_much_runs() {
        register(Map.of("id", id, "host", "127.0.0.1", "port", 1, "running_tasks", 0));

        assertThatReply(admin.post("/api/workers/heartbeat", Map.of("id", id, "running_tasks", 2)))
                .hasStatus(200)
                .has("/ok", true);

        Waiting.await().until(() -> listed(id).path("running_tasks").asInt() == 2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"host\":\"127.0.0.1\",\"port\":1}",
                "{\"id\":\"w\",\"host\":\"127.0.0.1\"}",
                "{\"id\":\"\",\"host\":\"127.0.0.1\",\"port\":1}",
                "{\"id\":\"w\",\"port\":null}"
            })
    void id_and_port_are_required_to_register(String body) {
        assertThatReply(admin.post("/api/workers/register", body))
                .isNotOk(400)
                .has("/message", "missing required fields: id/port");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"w\",\"host\":\"127.0.0.1\",\"port\":\"http\"}",
                "{\"id\":\"w\",\"host\":\"127.0.0.1\",\"port\":0}",
                "{\"id\":\"w\",\"host\":\"127.0.0.1\",\"port\":70000}",
                "{\"id\":\"w\",\"host\":\"127.0.0.1\",\"port\":1,\"queues\":\"q\"}",
                "[]"
            })
    void nonsense_is_not_registered(String body) {
        assertThatReply(admin.post("/api/workers/register", body)).isNotOk(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"running_tasks\":1}", "{\"id\":\"\"}"})
    void a_heartbeat_needs_an_id(String body) {
        assertThatReply(admin.post("/api/workers/heartbeat", body)).isNotOk(400).has("/message", "missing worker id");
    }

    @Test
    void a_heartbeat_of_a_stranger_is_404() {
        assertThatReply(admin.post("/api/workers/heartbeat", Map.of("id", Names.unique("stranger"))))
                .isNotOk(404)
                .has("/message", "worker not found");
    }

    @Test
    void after_ten_silent_seconds_it_is_listed_dead_and_a_heartbeat_revives_it() {
        register(Map.of("id", id, "host", "127.0.0.1", "port", 1));
        assertThat(listed(id).path("alive").asBoolean()).isTrue();

        Waiting.await().until(() -> !listed(id).path("alive").asBoolean());

        assertThat(listed(id).path("last_seen_ms_ago").asLong()).isBetween(10_000L, 30_000L);
        admin.post("/api/workers/heartbeat", Map.of("id", id)).expect(200);
        assertThat(listed(id).path("alive").asBoolean()).isTrue();
    }

    @Test
    @Tag("soak")
    @Timeout(120)
    void after_a_silent_minute_it_is_forgotten() {
        register(Map.of("id", id, "host", "127.0.0.1", "port", 1));

        Waiting.await(Duration.ofSeconds(80)).until(() -> listed(id).isMissingNode());

        assertThatReply(admin.post("/api/workers/heartbeat", Map.of("id", id))).isNotOk(404);
    }

    private void register(Map<String, ?> worker) {
        admin.post("/api/workers/register", worker).expect(200);
    }

    private JsonNode listed(String wanted) {
        JsonNode workers = admin.get("/api/workers").expect(200).at("/workers");
        for (JsonNode worker : workers) {
            if (worker.path("id").asText().equals(wanted)) {
                return worker;
            }
        }
        return workers.path("none");
    }
}
