package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.TaskId;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.Waiting;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Log and event subscriptions: by every spelling, live, from a point on, once each. */
@EndToEnd
class WebSocketSubscriptionTest {
    private final Hub hub;
    private final PlainTasks tasks;

    WebSocketSubscriptionTest(Hub hub) {
        this.hub = hub;
        this.tasks = hub.plain();
    }

    @Test
    void log_lines_arrive_while_the_task_runs() {
        try (Gate gate = Gate.shut();
                Socket socket = open()) {
            long id = tasks.run(gate.waits("one") + "echo first; " + gate.waits("two") + "echo second >&2");
            subscribe(socket, "task_logs", Long.toString(id), Map.of());

            gate.open("one");
            JsonNode first = socket.awaitMessage(m -> m.path("message").asText().equals("first"));
            assertThat(tasks.get(id).path("status").asText()).isEqualTo("running");
            gate.open("two");
            JsonNode second =
                    socket.awaitMessage(m -> m.path("message").asText().equals("second"));

            assertThat(first.path("type").asText()).isEqualTo("log");
            assertThat(first.path("task_id").asText()).isEqualTo(Long.toString(id));
            assertThat(first.path("stream").asInt()).isEqualTo(1);
            assertThat(second.path("stream").asInt()).isEqualTo(2);
            assertThat(first.path("level").isIntegralNumber()).isTrue();
            assertThat(first.path("attempt").asInt()).isEqualTo(1);
            assertThat(first.path("ts_ms").asLong()).isPositive();
            assertThat(first.path("duration_ms").isIntegralNumber()).isTrue();
            assertThat(first.path("fields").isObject()).isTrue();
            assertThat(second.path("seq").asLong())
                    .isGreaterThan(first.path("seq").asLong());
        }
    }

    @Test
    void every_spelling_subscribes_and_a_record_comes_once_per_session() {
        try (Gate gate = Gate.shut();
                Socket all = open();
                Socket numeric = open()) {
            long id = tasks.run(gate.waits("go") + "echo once");
            TaskId task = TaskId.parse(tasks.tsk(id)).orElseThrow();
            for (String spelling : List.of(Long.toString(id), task.toString(), task.tsk(), task.job())) {
                subscribe(all, "task_logs", spelling, Map.of());
            }
            numeric.send(Map.of("op", 0, "topic", 0, "task_id", id));
            numeric.ping();

            gate.open("go");
            tasks.awaitEnd(id);

            for (Socket socket : List.of(all, numeric)) {
                socket.awaitMessage(m -> m.path("message").asText().equals("once"));
                socket.ping();
                assertThat(socket.received(m -> m.path("message").asText().equals("once")))
                        .hasSize(1);
            }
        }
    }

    @Test
    void events_tell_the_task_and_its_attempts_in_order() {
        try (Socket socket = open()) {
            long id = tasks.create(Map.of("cmd", "exit 1", "max_retries", 1));

            subscribe(socket, "task_events", Long.toString(id), Map.of("from", 0));
            socket.awaitMessage(event("task_end"));

            List<String> names = socket.events().stream()
                    .map(e -> e.path("event").asText())
                    .filter(n -> n.startsWith("task_start") || n.startsWith("task_end") || n.startsWith("attempt"))
                    .toList();
            assertThat(names)
                    .containsExactly(
                            "task_start", "attempt_start", "attempt_end", "attempt_start", "attempt_end", "task_end");
            JsonNode start = socket.awaitMessage(event("task_start"));
            assertThat(start.path("type").asText()).isEqualTo("event");
            assertThat(start.path("task_id").asText()).isEqualTo(Long.toString(id));
            assertThat(start.path("ts_ms").asLong()).isPositive();
            assertThat(start.path("extra").isObject()).isTrue();
        }
    }

    @Test
    void topic_1_is_events_and_a_subscription_without_from_is_live_only() {
        try (Gate gate = Gate.shut();
                Socket socket = open()) {
            long id = tasks.run(gate.waits("go"));
            subscribe(socket, "task_events", Long.toString(id), Map.of("from", 0));
            socket.awaitMessage(event("attempt_start"));
            socket.send(Map.of("op", 1, "topic", 1, "task_id", id));
            socket.send(Map.of("op", 0, "topic", 1, "task_id", id));
            socket.ping();

            gate.open("go");
            socket.awaitMessage(event("task_end"));
            socket.ping();

            assertThat(socket.events().stream().map(e -> e.path("event").asText()))
                    .contains("task_start", "attempt_end")
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void unsubscribed_is_silent() {
        try (Gate gate = Gate.shut();
                Socket socket = open();
                Socket witness = open()) {
            long id = tasks.run("echo zero; " + gate.waits("one") + "echo one; " + gate.waits("two") + "echo two");
            subscribe(socket, "task_logs", Long.toString(id), Map.of());
            subscribe(witness, "task_logs", Long.toString(id), Map.of());
            gate.open("one");
            socket.awaitMessage(m -> m.path("message").asText().equals("one"));

            socket.send(Map.of("op", "unsubscribe", "topic", "task_logs", "task_id", Long.toString(id)));
            socket.ping();
            gate.open("two");

            witness.awaitMessage(m -> m.path("message").asText().equals("two"));
            tasks.awaitEnd(id);
            socket.ping();
            assertThat(socket.received(m -> m.path("message").asText().equals("two")))
                    .isEmpty();
        }
    }

    @Test
    void a_subscription_to_another_run_hears_nothing() {
        try (Gate gate = Gate.shut();
                Socket socket = open();
                Socket witness = open()) {
            long id = tasks.run(gate.waits("go") + "echo x");
            subscribe(socket, "task_logs", Long.toString(id), Map.of("run_id", "1700000000000_abcdef"));
            subscribe(witness, "task_logs", Long.toString(id), Map.of());

            gate.open("go");

            witness.awaitMessage(m -> m.path("message").asText().equals("x"));
            tasks.awaitEnd(id);
            socket.ping();
            assertThat(socket.logs()).isEmpty();
        }
    }

    @Test
    void from_replays_what_is_stored_and_goes_on_live_without_seam() {
        try (Gate gate = Gate.shut();
                Socket socket = open()) {
            long id = tasks.run(
                    "for i in 1 2 3 4 5; do echo $i; done; " + gate.waits("go") + "for i in 6 7 8; do echo $i; done");
            Waiting.await().until(() -> stdout(id).size() == 5);

            subscribe(socket, "task_logs", Long.toString(id), Map.of("from", 0));
            gate.open("go");
            tasks.awaitEnd(id);

            Waiting.await().until(() -> texts(socket).contains("8"));
            assertThat(texts(socket)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8");
        }
    }

    @Test
    void from_any_point_gives_exactly_the_rest() {
        long id = tasks.run("for i in 1 2 3 4 5 6; do echo $i; done");
        tasks.awaitEnd(id);
        List<JsonNode> stored = stdout(id);

        for (int k = 0; k < stored.size(); k++) {
            try (Socket socket = open()) {
                subscribe(
                        socket,
                        "task_logs",
                        Long.toString(id),
                        Map.of("from", stored.get(k).path("seq").asLong()));

                int rest = stored.size() - k;
                Waiting.await().until(() -> texts(socket).size() >= rest);
                socket.ping();
                assertThat(texts(socket))
                        .isEqualTo(stored.subList(k, stored.size()).stream()
                                .map(r -> r.path("message").asText())
                                .toList());
            }
        }
    }

    @Test
    void what_the_socket_shows_is_what_the_logs_query_shows() {
        String uuid = hub.v1()
                .create(NewTask.shell("for i in $(seq 1 200); do echo $i; done").once());
        try (Socket socket = open()) {
            subscribe(socket, "task_logs", uuid, Map.of("from", 0));
            hub.v1().awaitState(uuid, "completed");

            Waiting.await().until(() -> texts(socket).size() >= 200);

            assertThat(seqs(socket)).isSorted().doesNotHaveDuplicates();
            assertThat(texts(socket)).hasSize(200).startsWith("1").endsWith("200");
        }
    }

    @Test
    void both_replicas_tell_the_same() {
        try (Gate gate = Gate.shut()) {
            long id = tasks.run(gate.waits("go") + "echo a; echo b");
            List<Socket> sockets = List.of(open(), open(), open(), open());
            sockets.forEach(s -> subscribe(s, "task_logs", Long.toString(id), Map.of()));

            gate.open("go");

            for (Socket socket : sockets) {
                Waiting.await().until(() -> texts(socket).equals(List.of("a", "b")));
                socket.close();
            }
        }
    }

    private Socket open() {
        return Socket.authed(hub.sockets(), hub.admin().token());
    }

    private static void subscribe(Socket socket, String topic, String task, Map<String, ?> more) {
        Map<String, Object> command = new HashMap<>(Map.of("op", "subscribe", "topic", topic, "task_id", task));
        command.putAll(more);
        socket.send(command);
        socket.ping();
    }

    private List<JsonNode> stdout(long id) {
        JsonNode records = hub.admin()
                .get("/api/tasks/logs?limit=2000&task_id=" + id)
                .expect(200)
                .at("/data/records");
        return StreamSupport.stream(records.spliterator(), false)
                .filter(r -> r.path("stream").asInt() == 1)
                .toList();
    }

    private static List<String> texts(Socket socket) {
        return socket.logs().stream()
                .filter(r -> r.path("stream").asInt() == 1)
                .map(r -> r.path("message").asText())
                .toList();
    }

    private static List<Long> seqs(Socket socket) {
        return socket.logs().stream().map(r -> r.path("seq").asLong()).toList();
    }

    private static java.util.function.Predicate<JsonNode> event(String name) {
        return m -> m.path("type").asText().equals("event")
                && m.path("event").asText().equals(name);
    }
}
