package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Dag;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** A run as it is watched, cancelled and taken up again. */
@EndToEnd
class DagLifeTest {
    private static final List<String> NODE_EVENTS = List.of(
            "dag_node_ready",
            "dag_node_start",
            "task_start",
            "attempt_start",
            "attempt_end",
            "task_end",
            "dag_node_end");

    private final Hub hub;
    private final TaskHubClient admin;
    private final Dags dags;

    DagLifeTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.dags = hub.dags();
    }

    private static Dag dag() {
        return Dag.named(Names.unique("life"));
    }

    @Test
    void a_nodes_events_are_stored_in_the_contracts_order_and_a_skipped_ones_say_why() {
        String run = dags.run(
                        dag().shell("ok", "true").shell("bad", "exit 1", "ok").noop("below", "bad"))
                .text("/run_id");

        assertThat(dags.story(run, "ok")).isEqualTo(NODE_EVENTS);
        assertThat(dags.story(run, "bad")).isEqualTo(NODE_EVENTS);
        assertThat(dags.story(run, "below")).containsExactly("dag_node_skipped");
        JsonNode skipped = dags.events(run, "&event=dag_node_skipped").getFirst();
        assertThat(skipped.path("type").asText()).isEqualTo("event");
        assertThat(skipped.toString()).contains("\"bad\"");
        List<String> all = dags.events(run, "").stream()
                .map(event -> event.path("event").asText())
                .toList();
        assertThat(all).startsWith("dag_start").endsWith("dag_end");
    }

    @Test
    void the_same_events_come_over_the_socket_live_and_replayed_once_each() {
        String node = Names.unique("node");
        try (Gate gate = Gate.shut();
                Socket live = open();
                Socket joined = open();
                Socket late = open()) {
            subscribe(live, "task_events", node, Map.of());
            String run = dags.start(dag().shell(node, gate.leaves("begun") + gate.waits("go")));
            Waiting.await().until(() -> gate.has("begun"));
            subscribe(joined, "task_events", node, Map.of("run_id", run, "from", 0));
            gate.open("go");
            dags.awaitEnd(run);
            subscribe(late, "task_events", node, Map.of("from", 0));

            for (var watched :
                    Map.of("live", live, "joined", joined, "late", late).entrySet()) {
                Socket socket = watched.getValue();
                socket.awaitMessage(m -> m.path("event").asText().equals("dag_node_end"));
                socket.ping();
                assertThat(socket.events())
                        .as(watched.getKey())
                        .extracting(e -> e.path("event").asText())
                        .isEqualTo(NODE_EVENTS);
                assertThat(socket.events()).isEqualTo(live.events()).allSatisfy(e -> {
                    assertThat(e.path("task_id").asText()).isEqualTo(node);
                    assertThat(e.path("run_id").asText()).isEqualTo(run);
                    assertThat(e.path("extra").isObject()).isTrue();
                });
            }
        }
    }

    @Test
    void logs_are_found_by_logical_id_and_run() {
        String node = Names.unique("logged");
        String first = dags.run(dag().shell(node, "echo one; echo two")).text("/run_id");
        String second = dags.run(dag().shell(node, "echo three >&2")).text("/run_id");

        assertThat(lines(node, "&run_id=" + first)).containsExactly("one", "two");
        assertThat(lines(node, "&run_id=" + second)).containsExactly("three");
        assertThat(lines(node, "")).containsExactly("one", "two", "three");
        JsonNode record = admin.get("/api/tasks/logs?task_id=" + node + "&run_id=" + first)
                .expect(200)
                .at("/data/records/0");
        assertThat(record.path("task_id").asText()).isEqualTo(node);
        assertThat(record.path("run_id").asText()).isEqualTo(first);
        assertThat(record.path("dag_run_id").asText()).isEqualTo(first);
        try (Socket socket = open()) {
            subscribe(socket, "task_logs", node, Map.of("run_id", first, "from", 0));
            socket.awaitMessage(m -> m.path("message").asText().equals("two"));
            assertThat(socket.logs())
                    .filteredOn(m -> m.path("stream").asInt() == 1)
                    .extracting(m -> m.path("message").asText())
                    .containsExactly("one", "two");
            assertThat(socket.logs())
                    .allSatisfy(m -> assertThat(m.path("run_id").asText()).isEqualTo(first));
        }
    }

    @Test
    void log_lines_of_one_run_come_live() {
        String node = Names.unique("livelog");
        try (Gate gate = Gate.shut();
                Socket socket = open()) {
            String run = dags.start(dag().shell(node, gate.waits("go") + "echo now"));
            subscribe(socket, "task_logs", node, Map.of("run_id", run));
            gate.open("go");
            JsonNode line = socket.awaitMessage(m -> m.path("message").asText().equals("now"));
            assertThat(line.path("task_id").asText()).isEqualTo(node);
            assertThat(line.path("run_id").asText()).isEqualTo(run);
        }
    }

    @Test
    void a_cancelled_run_stops_what_runs_and_starts_nothing_more() {
        String marker = "6" + (System.nanoTime() % 1_000_000_000L) + ".5";
        String run = dags.start(dag().shell("long", "sleep " + marker).noop("after", "long"));
        Waiting.await().until(() -> !Processes.withArgument(marker).isEmpty());

        assertThatReply(admin.post("/api/dag/runs/" + run + "/cancel")).hasStatus(200);

        assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.CANCELED);
        Waiting.await().until(() -> Processes.withArgument(marker).isEmpty());
        assertThat(dags.node(run, "long").path("status").asInt()).isEqualTo(Dags.Node.CANCELED);
        assertThat(dags.node(run, "after").path("status").asInt()).isIn(Dags.Node.CANCELED, Dags.Node.SKIPPED);
        assertThat(admin.post("/api/dag/runs/" + run + "/cancel").status()).isEqualTo(409);
        assertThat(admin.post("/api/dag/runs/1700000000000_nobody/cancel").status())
                .isEqualTo(404);
    }

    @Test
    void a_retry_runs_what_failed_and_what_is_below_and_nothing_else() {
        try (Gate gate = Gate.shut()) {
            String run = dags.start(dag().shell("done", gate.leaves("done"))
                    .shell("mended", gate.leaves("mended") + "[ -e '" + gate.path("fixed") + "' ]", "done")
                    .shell("below", gate.leaves("below"), "mended"));
            assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.FAILED);
            gate.open("fixed");

            assertThatReply(admin.post("/api/dag/runs/" + run + "/retry")).hasStatus(200);

            assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.SUCCESS);
            assertThat(gate.count("done")).isEqualTo(1);
            assertThat(gate.count("mended")).isEqualTo(2);
            assertThat(gate.count("below")).isEqualTo(1);
            assertThat(admin.post("/api/dag/runs/" + run + "/retry").status()).isEqualTo(409);
        }
    }

    private List<String> lines(String node, String query) {
        JsonNode records =
                admin.get("/api/tasks/logs?task_id=" + node + query).expect(200).at("/data/records");
        return StreamSupport.stream(records.spliterator(), false)
                .filter(r -> r.path("stream").asInt() == 1 || r.path("stream").asInt() == 2)
                .map(r -> r.path("message").asText())
                .toList();
    }

    private Socket open() {
        return Socket.authed(hub.sockets(), admin.token());
    }

    private static void subscribe(Socket socket, String topic, String task, Map<String, ?> more) {
        Map<String, Object> message = new HashMap<>(more);
        message.put("op", "subscribe");
        message.put("topic", topic);
        message.put("task_id", task);
        socket.send(message);
        socket.ping();
    }
}
