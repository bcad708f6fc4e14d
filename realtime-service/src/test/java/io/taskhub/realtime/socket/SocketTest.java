package io.taskhub.realtime.socket;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskState;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.realtime.FreePort;
import io.taskhub.realtime.SocketClient;
import io.taskhub.realtime.Story;
import io.taskhub.realtime.World;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestInfrastructure.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FreePort.class, scope = TestResourceScope.GLOBAL)
@DisplayNameGeneration(ReplaceUnderscores.class)
class SocketTest {
    @Inject
    World world;

    @BeforeEach
    void the_feed_is_ready() {
        world.awaitFeed();
    }

    private SocketClient viewer() {
        return SocketClient.open(world.base(), world.token(Roles.VIEWER));
    }

    private static String auth(String token) {
        return "{\"token\":\"" + token + "\"}";
    }

    private static String subscribe(String topic, String task, String more) {
        return "{\"op\":\"subscribe\",\"topic\":\"" + topic + "\",\"task_id\":\"" + task + "\"" + more + "}";
    }

    private static List<Long> seqs(List<JsonNode> messages) {
        return messages.stream().map(m -> m.path("seq").asLong()).toList();
    }

    // --- coming in

    @Test
    void a_token_alone_is_answered_authed_and_a_command_may_come_with_it() {
        String token = world.token(Roles.VIEWER);
        try (SocketClient alone = SocketClient.open(world.base());
                SocketClient both = SocketClient.open(world.base())) {
            alone.send(auth(token)).settled();
            assertThat(alone.messages())
                    .extracting(JsonNode::toString)
                    .containsExactly("{\"type\":\"authed\"}", "{\"type\":\"pong\"}");
            both.send("{\"token\":\"" + token + "\",\"op\":2}").settled();
            assertThat(both.messages())
                    .extracting(JsonNode::toString)
                    .containsExactly("{\"type\":\"pong\"}", "{\"type\":\"pong\"}");
        }
    }

    @Test
    void who_does_not_prove_himself_in_the_first_message_is_closed_4401() {
        for (String first : List.of("{\"op\":\"ping\"}", "{", "[]", auth("rubbish"), "{\"token\":7}")) {
            try (SocketClient client = SocketClient.open(world.base())) {
                assertThat(client.send(first).closeCode()).as(first).isEqualTo(4401);
                assertThat(client.messages()).isEmpty();
            }
        }
    }

    @Test
    void who_says_nothing_in_time_is_closed_4401() {
        try (SocketClient client = SocketClient.open(world.base())) {
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void a_role_that_may_not_read_is_closed_4403() {
        try (SocketClient client = SocketClient.open(world.base())) {
            assertThat(client.send(auth(world.token(Roles.WORKER))).closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void an_upgrade_with_a_good_header_needs_no_token_in_the_first_message() {
        try (SocketClient client = viewer()) {
            client.settled();
        }
        assertThatThrownBy(() -> SocketClient.open(world.base(), "rubbish")).hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void a_socket_ends_with_its_token() {
        try (SocketClient client = SocketClient.open(world.base())) {
            client.send(auth(world.token(Duration.ofSeconds(2)))).settled();
            assertThat(client.closeCode()).isEqualTo(4401);
        }
    }

    @Test
    void a_later_token_lets_the_socket_live_longer() {
        String brief = world.token(Duration.ofSeconds(2));
        try (SocketClient renewed = SocketClient.open(world.base());
                SocketClient witness = SocketClient.open(world.base())) {
            renewed.send(auth(brief)).settled();
            renewed.send("{\"token\":\"" + world.token(Roles.VIEWER) + "\",\"op\":\"ping\"}");
            renewed.send("{\"token\":\"" + brief + "\",\"op\":\"ping\"}");
            witness.send(auth(brief)).settled();
            assertThat(witness.closeCode()).isEqualTo(4401);
            renewed.settled();
            assertThat(renewed.typed("pong", 4)).hasSize(4);
        }
    }

    @Test
    void a_later_token_that_is_not_good_closes_the_socket() {
        try (SocketClient rubbish = viewer();
                SocketClient worker = viewer()) {
            rubbish.settled().send("{\"token\":\"rubbish\",\"op\":\"ping\"}");
            assertThat(rubbish.closeCode()).isEqualTo(4401);
            worker.settled().send("{\"token\":\"" + world.token(Roles.WORKER) + "\",\"op\":\"ping\"}");
            assertThat(worker.closeCode()).isEqualTo(4403);
        }
    }

    @Test
    void a_request_that_is_no_upgrade_is_told_so() {
        given().get("/ws").then().statusCode(426);
    }

    @Test
    void only_so_many_may_wait_for_their_first_message() {
        List<SocketClient> waiting = new ArrayList<>();
        try {
            await().until(() -> {
                IntStream.range(0, 5).forEach(i -> waiting.add(SocketClient.open(world.base())));
                return true;
            });
            assertThatThrownBy(() -> SocketClient.open(world.base())).hasMessageContaining("WebSocketHandshake");
            viewer().close();
        } finally {
            waiting.forEach(SocketClient::close);
        }
        await().ignoreExceptions().until(() -> {
            SocketClient.open(world.base()).close();
            return true;
        });
    }

    // --- commands

    @Test
    void what_is_not_understood_is_answered_with_an_error() {
        try (SocketClient client = viewer()) {
            client.send("{").send("{\"op\":\"dance\"}").send("{\"op\":\"subscribe\",\"topic\":\"task_logs\"}");
            assertThat(client.typed("error", 3))
                    .extracting(m -> m.path("message").asText())
                    .containsExactly("invalid json", "unknown op: dance", "missing task_id");
        }
    }

    @Test
    void the_31st_command_within_10_seconds_closes_4429() {
        try (SocketClient client = viewer()) {
            IntStream.range(0, 30).forEach(i -> client.send(i % 2 == 0 ? "{\"op\":\"ping\"}" : "nonsense"));
            assertThat(client.typed("error", 15)).hasSize(15);
            assertThat(client.send("{\"op\":\"ping\"}").closeCode()).isEqualTo(4429);
        }
    }

    @Test
    void a_message_over_64_KiB_closes_1009() {
        try (SocketClient client = viewer()) {
            client.send("{\"op\":\"ping\",\"x\":\"" + "y".repeat(60_000) + "\"}")
                    .settled();
            client.send("{\"op\":\"ping\",\"x\":\"" + "y".repeat(70_000) + "\"}");
            assertThat(client.closeCode()).isEqualTo(1009);
        }
    }

    // --- logs

    @Test
    void lines_come_as_they_are_written_in_the_contracts_shape() {
        Story task = world.task(Origin.TASKHUB).created();
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_logs", task.number(), "")).settled();
            LogRecord line = task.line(1, "hello");
            task.line(2, "again");
            assertThat(client.typed("log", 2).getFirst()).hasToString("""
                    {"type":"log","task_id":"%s","seq":1,"ts_ms":%d,"level":1,"stream":1,"message":"hello",\
                    "duration_ms":1,"attempt":1,"fields":{}}""".formatted(task.number(), line.ts_ms()));
            assertThat(seqs(client.typed("log", 2))).containsExactly(1L, 1_000_001L);
        }
    }

    @Test
    void a_task_is_spelled_as_the_subscriber_wrote_it_and_a_line_comes_once() {
        Story task = world.task(Origin.TASKHUB).created();
        for (String spelling :
                List.of(task.id().toString(), task.id().tsk(), task.id().job())) {
            try (SocketClient client = viewer()) {
                client.send(subscribe("task_logs", spelling, ""));
                client.send(subscribe("task_logs", task.number(), ""));
                client.send(subscribe("task_logs", spelling, "")).settled();
                task.line(1, "one");
                LogRecord last = task.line(1, "two");
                List<JsonNode> lines = client.typed("log", 2);
                client.settled();
                assertThat(lines).hasSize(2);
                assertThat(lines.getLast().path("seq").asLong()).isEqualTo(last.seq());
                assertThat(lines.getLast().path("task_id").asText()).isIn(spelling, task.number());
            }
        }
    }

    @Test
    void a_record_of_several_subscriptions_comes_once_also_while_one_replays() {
        Story task = world.task(Origin.TASKHUB).created();
        IntStream.rangeClosed(1, 300).forEach(i -> task.line(1, "stored " + i));
        try (SocketClient client = viewer()) {
            for (String topic : List.of("task_logs", "task_events")) {
                client.send(subscribe(topic, task.number(), ""));
                client.send(subscribe(topic, task.id().toString(), ",\"from\":0"));
                client.send(subscribe(topic, task.id().tsk(), ",\"from\":0"));
            }
            IntStream.rangeClosed(301, 450).forEach(i -> task.line(1, "live " + i));
            task.started(1).finished(TaskState.COMPLETED, "");
            await().atMost(Duration.ofSeconds(15))
                    .during(Duration.ofMillis(300))
                    .until(() -> client.typed("log", 450).size() == 450
                            && client.typed("event", 4).size() == 4);
            assertThat(seqs(client.typed("log", 450)))
                    .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 450)
                            .mapToObj(Long::valueOf)
                            .toList());
            assertThat(seqs(client.typed("event", 4))).containsExactly(2L, 2L, 3L, 3L);
        }
    }

    @Test
    void a_replay_that_is_asked_for_again_comes_whole_again() {
        Story task = world.task(Origin.TASKHUB).created();
        IntStream.rangeClosed(1, 3).forEach(i -> task.line(1, "stored " + i));
        try (SocketClient client = viewer()) {
            String replay = subscribe("task_logs", task.number(), ",\"from\":0");
            client.send(replay).typed("log", 3);
            assertThat(seqs(client.send(replay).typed("log", 6))).containsExactly(1L, 2L, 3L, 1L, 2L, 3L);
        }
    }

    @Test
    void a_logical_id_brings_the_lines_of_all_runs_or_of_one() {
        Story first = world.node("build", "run-1");
        Story second = world.node("build", "run-2");
        try (SocketClient all = viewer();
                SocketClient one = viewer()) {
            all.send(subscribe("task_logs", "build", "")).settled();
            one.send(subscribe("task_logs", "build", ",\"run_id\":\"run-2\"")).settled();
            first.line(1, "a");
            second.line(1, "b");
            assertThat(all.typed("log", 2))
                    .extracting(m -> m.path("run_id").asText())
                    .containsExactlyInAnyOrder("run-1", "run-2");
            assertThat(one.typed("log", 1))
                    .extracting(m -> m.path("message").asText())
                    .containsExactly("b");
            one.send(subscribe("task_logs", "build", ",\"run_id\":\"run-1\",\"from\":0"));
            assertThat(one.typed("log", 2).getLast().path("message").asText()).isEqualTo("a");
        }
    }

    @Test
    void a_replay_joins_the_live_feed_without_a_gap_or_a_repetition() {
        Story task = world.task(Origin.TASKHUB).created();
        IntStream.rangeClosed(1, 500).forEach(i -> task.line(1, "stored " + i));
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            clients.add(viewer().send(subscribe("task_logs", task.number(), ",\"from\":" + (i % 2) * 101)));
            task.line(1, "live");
        }
        LogRecord last = task.line(1, "last");
        for (int i = 0; i < clients.size(); i++) {
            long from = Math.max(1, (i % 2) * 101);
            try (SocketClient client = clients.get(i)) {
                List<JsonNode> lines = client.typed("log", (int) (last.seq() - from + 1));
                assertThat(seqs(lines))
                        .containsExactlyElementsOf(IntStream.rangeClosed((int) from, (int) last.seq())
                                .mapToObj(Long::valueOf)
                                .toList());
            }
        }
    }

    @Test
    void lines_that_the_feed_did_not_bring_are_read_from_the_store() {
        Story task = world.task(Origin.TASKHUB).created();
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_logs", task.number(), ",\"from\":0")).settled();
            task.line(1, "one");
            client.typed("log", 1);
            task.unpublished().line(1, "two");
            task.publishedAgain().line(1, "three");
            assertThat(seqs(client.typed("log", 3))).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void nothing_comes_after_an_unsubscribe() {
        Story task = world.task(Origin.TASKHUB).created();
        String subscribe = subscribe("task_logs", task.number(), "");
        try (SocketClient client = viewer();
                SocketClient witness = viewer()) {
            witness.send(subscribe).settled();
            client.send(subscribe).settled();
            client.send(subscribe.replace("subscribe", "unsubscribe")).settled();
            task.line(1, "unheard");
            witness.typed("log", 1);
            client.send(subscribe).settled();
            task.line(1, "heard");
            assertThat(client.typed("log", 1))
                    .extracting(m -> m.path("message").asText())
                    .containsExactly("heard");
        }
    }

    @Test
    void a_reader_that_does_not_read_is_closed_4408() {
        Story task = world.task(Origin.TASKHUB).created();
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_logs", task.number(), "")).settled();
            client.pause();
            String message = "x".repeat(40_000);
            IntStream.range(0, 900).forEach(i -> task.line(1, message));
            await().atMost(Duration.ofSeconds(30)).until(() -> metric("kind=\"socket\"") > 0);
            client.resume();
            assertThat(client.closeCode()).isEqualTo(4408);
            List<Long> got =
                    seqs(client.messages().stream().filter(m -> m.has("seq")).toList());
            assertThat(got)
                    .isEqualTo(IntStream.rangeClosed(1, got.size())
                            .mapToObj(Long::valueOf)
                            .toList());
        }
    }

    private static double metric(String label) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("taskhub_realtime_dropped") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    // --- events

    @Test
    void a_plain_tasks_events_have_taskhubs_names() {
        Story task = world.task(Origin.TASKHUB);
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_events", task.number(), "")).settled();
            task.created().started(1).progressed(50).retrying(1).started(2).finished(TaskState.ARCHIVED, "exit code 1");
            List<JsonNode> events = client.typed("event", 6);
            assertThat(events)
                    .extracting(m -> m.path("event").asText())
                    .containsExactly(
                            "task_start", "attempt_start", "attempt_end", "attempt_start", "attempt_end", "task_end");
            assertThat(events.getLast()).hasToString("""
                    {"type":"event","task_id":"%s","event":"task_end","ts_ms":%d,"seq":6,"extra":{"attempt":1,"status":3,\
                    "exit_code":1,"duration_ms":34,"message":"exit code 1"}}""".formatted(
                            task.number(), task.events().getLast().subject().ts_ms()));
        }
    }

    @Test
    void events_are_replayed_too_and_gaps_are_closed() {
        Story task = world.task(Origin.TASKHUB).created().started(1);
        try (SocketClient replay = viewer();
                SocketClient live = viewer()) {
            replay.send(subscribe("task_events", task.number(), ",\"from\":0")).settled();
            live.send(subscribe("task_events", task.id().tsk(), "")).settled();
            task.retrying(1).unpublished().started(2).publishedAgain().finished(TaskState.COMPLETED, "");
            assertThat(seqs(replay.typed("event", 6))).containsExactly(2L, 2L, 3L, 4L, 5L, 5L);
            assertThat(seqs(live.typed("event", 4))).containsExactly(3L, 4L, 5L, 5L);
        }
    }

    @Test
    void a_dags_node_speaks_through_its_run_alone() {
        Story node = world.node("deploy", "run-9");
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_events", "deploy", ",\"run_id\":\"run-9\""));
            client.send(subscribe("task_events", node.number(), "")).settled();
            node.created().started(1);
            for (String run : List.of("run-8", "run-9")) {
                world.publishOnly(new DagEvent(run, "deploy", "dag_node_start", 5, 3, Map.of("attempt", 1)));
            }
            assertThat(client.typed("event", 1)).extracting(JsonNode::toString).containsExactly("""
                    {"type":"event","task_id":"deploy","run_id":"run-9","event":"dag_node_start","ts_ms":5,"seq":3,\
                    "extra":{"attempt":1}}""");
        }
    }

    private static DagEvent node(String run, String node, String event, int seq) {
        return new DagEvent(run, node, event, 5L * seq, seq, Map.of());
    }

    @Test
    void a_nodes_stored_events_come_first_and_the_live_ones_follow_each_once() {
        for (int seq = 1; seq <= 900; seq += 2) {
            world.runs().add(node("1760_a", "fold", "attempt_start", seq));
            world.runs().add(node("1760_a", "other", "attempt_start", seq + 1));
        }
        world.runs().add(node("1759_z", "fold", "task_end", 1));
        List<SocketClient> clients = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            String run = i % 2 == 0 ? "" : ",\"run_id\":\"1760_a\"";
            clients.add(viewer().send(subscribe("task_events", "fold", run + ",\"from\":301")));
            world.publish(node("1760_a", "fold", "attempt_end", 901 + 2 * i));
            world.publish(node("1760_a", "other", "attempt_end", 902 + 2 * i));
        }
        world.publish(node("1760_a", "fold", "dag_node_end", 920));
        List<Long> expected = Stream.concat(
                        IntStream.rangeClosed(301, 911).filter(n -> n % 2 == 1).mapToObj(Long::valueOf),
                        Stream.of(920L))
                .toList();
        for (SocketClient client : clients) {
            try (client) {
                assertThat(seqs(client.typed("event", expected.size()))).containsExactlyElementsOf(expected);
            }
        }
    }

    @Test
    void a_nodes_event_comes_once_when_two_subscriptions_match_it() {
        world.runs().add(node("1761_a", "twice", "dag_node_ready", 1));
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_events", "twice", ",\"from\":0"));
            client.send(subscribe("task_events", "twice", ",\"run_id\":\"1761_a\",\"from\":0"))
                    .typed("event", 1);
            world.publish(node("1761_a", "twice", "dag_node_start", 2));
            client.typed("event", 2);
            client.settled();
            assertThat(seqs(client.typed("event", 2))).containsExactly(1L, 2L);
        }
    }

    @Test
    void while_dag_service_is_away_a_node_is_followed_as_soon_as_it_is_back() {
        world.runs().add(node("1762_a", "later", "dag_node_ready", 1));
        world.runs().fail(2);
        try (SocketClient client = viewer()) {
            client.send(subscribe("task_events", "later", ",\"run_id\":\"1762_a\",\"from\":0"))
                    .settled();
            world.publish(node("1762_a", "later", "dag_node_start", 4));
            assertThat(seqs(client.typed("event", 2))).containsExactly(1L, 4L);
        }
    }

    // --- broadcasts

    @Test
    void taskhubs_tasks_are_broadcast_to_everybody_who_is_in() {
        try (SocketClient client = viewer();
                SocketClient outside = SocketClient.open(world.base())) {
            client.settled();
            world.task(Origin.V1).created();
            Story task = world.task(Origin.TASKHUB).created().started(1);
            List<JsonNode> both = client.broadcasts(2);
            assertThat(both).extracting(m -> m.path("event").asText()).containsExactly("task_created", "task_updated");
            assertThat(both)
                    .extracting(m -> m.path("data").path("id").asText())
                    .containsExactly(task.number(), task.number());
            task.finished(TaskState.COMPLETED, "");
            assertThat(client.broadcasts(3).getLast())
                    .hasToString("""
                    {"event":"task_updated","data":%s}""".formatted(client.broadcasts(3).getLast().path("data")));
            assertThat(client.broadcasts(3)
                            .getLast()
                            .path("data")
                            .path("status")
                            .asText())
                    .isEqualTo("completed");
            assertThat(outside.messages()).isEmpty();
        }
    }

    @Test
    void a_service_may_broadcast_and_count() {
        try (SocketClient client = viewer()) {
            client.settled();
            String service = world.token(Roles.SERVICE);
            int sessions = given().auth()
                    .oauth2(service)
                    .get("/internal/stats")
                    .then()
                    .statusCode(200)
                    .extract()
                    .path("sessions");
            assertThat(sessions).isGreaterThanOrEqualTo(1);
            String message = "{\"event\":\"debug\",\"data\":{\"msg\":\"hello from TaskHub WS\"}}";
            given().auth()
                    .oauth2(service)
                    .contentType("application/json")
                    .body(message)
                    .post("/internal/broadcast")
                    .then()
                    .statusCode(200);
            assertThat(client.broadcasts(1).getFirst()).hasToString(message);
            given().auth()
                    .oauth2(world.token(Roles.ADMIN))
                    .get("/internal/stats")
                    .then()
                    .statusCode(403);
            given().get("/internal/stats").then().statusCode(401);
            given().auth()
                    .oauth2(service)
                    .contentType("application/json")
                    .body("[1]")
                    .post("/internal/broadcast")
                    .then()
                    .statusCode(400);
        }
    }
}
