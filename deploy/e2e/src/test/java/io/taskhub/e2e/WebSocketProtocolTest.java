package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.Waiting;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WebSocket's handshake, commands, limits and broadcasts. */
@EndToEnd
class WebSocketProtocolTest {
    private static final int UNAUTHORIZED = 4401;
    private static final int TOO_MANY_COMMANDS = 4429;
    private final Hub hub;
    private final String token;

    WebSocketProtocolTest(Hub hub) {
        this.hub = hub;
        this.token = hub.admin().token();
    }

    @Test
    void the_first_message_authenticates() {
        try (Socket socket = Socket.connect(hub.sockets())) {
            socket.send(Map.of("token", token));

            assertThat(socket.awaitMessage(m -> true).toString()).isEqualTo("{\"type\":\"authed\"}");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ws", "/", "/any/path/at/all?x=1"})
    void the_second_listener_takes_any_path(String path) {
        try (Socket socket = Socket.authed(hub.secondListener(path), token)) {
            socket.ping();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"op\":\"ping\"}",
                "{\"token\":\"garbage\"}",
                "{\"token\":\"\"}",
                "{\"token\":5}",
                "nonsense",
                "[]"
            })
    void a_first_message_without_a_good_token_closes_4401(String first) {
        try (Socket socket = Socket.connect(hub.sockets())) {
            socket.send(first);

            assertThat(socket.awaitClose()).isEqualTo(UNAUTHORIZED);
            assertThat(socket.received()).noneMatch(m -> m.path("type").asText().equals("authed"));
        }
    }

    @Test
    void who_says_nothing_for_five_seconds_is_closed_4401() {
        long begun = System.nanoTime();
        try (Socket socket = Socket.connect(hub.sockets())) {
            assertThat(socket.awaitClose()).isEqualTo(UNAUTHORIZED);
            assertThat((System.nanoTime() - begun) / 1_000_000).isBetween(4_500L, 10_000L);
        }
    }

    @Test
    void the_first_message_may_carry_a_command() {
        try (Socket socket = Socket.connect(hub.sockets())) {
            socket.send(Map.of("token", token, "op", "ping"));

            assertThat(socket.awaitMessage(m -> true).path("type").asText()).isEqualTo("pong");
        }
    }

    @Test
    void ping_answers_pong_as_word_and_as_number() {
        try (Socket socket = Socket.authed(hub.sockets(), token)) {
            socket.send(Map.of("token", token, "op", "ping"));
            socket.send(Map.of("op", 2));

            Waiting.await().until(() -> socket.received(type("pong")).size() == 2);
            assertThat(socket.received(type("pong")).getFirst().toString()).isEqualTo("{\"type\":\"pong\"}");
        }
    }

    @Test
    void the_thirty_first_command_within_ten_seconds_closes_4429() {
        try (Socket socket = Socket.authed(hub.sockets(), token)) {
            for (int i = 0; i < 30; i++) {
                socket.send(Map.of("op", "ping"));
            }
            Waiting.await().until(() -> socket.received(type("pong")).size() == 30);
            assertThat(socket.isClosed()).isFalse();

            socket.send(Map.of("op", "ping"));

            assertThat(socket.awaitClose()).isEqualTo(TOO_MANY_COMMANDS);
            assertThat(socket.received(type("pong"))).hasSize(30);
        }
    }

    @Test
    void a_message_over_64_kib_ends_the_connection() {
        try (Socket socket = Socket.authed(hub.sockets(), token)) {
            socket.send("{\"op\":\"ping\",\"x\":\"" + "x".repeat(70_000) + "\"}");

            assertThat(socket.awaitClose()).isNotZero();
            assertThat(socket.received(type("pong"))).isEmpty();
        }
    }

    @Test
    void an_unknown_command_disturbs_nobody() {
        try (Socket socket = Socket.authed(hub.sockets(), token)) {
            socket.send(Map.of("op", "dance"));
            socket.send(Map.of("op", "subscribe", "topic", "task_smells", "task_id", "1"));
            socket.ping();
        }
    }

    @Test
    void a_debug_broadcast_reaches_every_authenticated_session_on_both_ports() {
        try (Socket one = Socket.authed(hub.sockets(), token);
                Socket two = Socket.authed(hub.secondListener("/x"), token);
                Socket silent = Socket.connect(hub.sockets())) {
            hub.admin().get("/api/debug/broadcast").expect(200);

            for (Socket socket : List.of(one, two)) {
                JsonNode message =
                        socket.awaitMessage(m -> m.path("event").asText().equals("debug"));
                assertThat(message.toString())
                        .isEqualTo("{\"event\":\"debug\",\"data\":{\"msg\":\"hello from TaskHub WS\"}}");
            }
            assertThat(silent.received()).isEmpty();
        }
    }

    @Test
    void tasks_made_by_post_api_tasks_are_broadcast_from_creation_to_end() {
        try (Socket socket = Socket.authed(hub.sockets(), token);
                Socket other = Socket.authed(hub.secondListener("/x"), token)) {
            socket.ping();
            other.ping();
            long id = hub.plain().run("echo " + "y".repeat(100) + "; head -c 10000 /dev/zero | tr '\\0' z");

            for (Socket each : List.of(socket, other)) {
                JsonNode end = each.awaitMessage(about(id, "task_updated")
                        .and(m -> m.at("/data/status").asText().equals("success")));
                assertThat(end.at("/data/exit_code").asInt(-9)).isZero();
                assertThat(end.at("/data/name").asText()).isEqualTo("e2e");
                assertThat(end.at("/data/last_output").asText()).startsWith("yyy");
                assertThat(end.at("/data/last_output").asText().length()).isLessThanOrEqualTo(4_096 + 100);
                assertThat(end.at("/data/params/cmd").isTextual()).isTrue();
                assertThat(end.at("/data/create_time").isTextual()).isTrue();
                Waiting.await()
                        .until(() -> !each.received(about(id, "task_created")).isEmpty());
                assertThat(each.received(about(id, "task_created"))).hasSize(1);
            }
        }
    }

    @Test
    void tasks_of_v1_are_not_broadcast() {
        try (Socket socket = Socket.authed(hub.sockets(), token)) {
            socket.ping();
            String uuid = hub.v1().create(NewTask.noop());
            long number = hub.admin().get("/api/tasks/" + uuid).expect(200).number("/data/id");
            hub.v1().awaitState(uuid, "completed");
            long plain = hub.plain().run("true");

            socket.awaitMessage(about(plain, "task_updated")
                    .and(m -> m.at("/data/status").asText().equals("success")));

            assertThat(socket.received(m -> m.at("/data/id").asLong() == number))
                    .isEmpty();
        }
    }

    private static Predicate<JsonNode> type(String type) {
        return m -> m.path("type").asText().equals(type);
    }

    private static Predicate<JsonNode> about(long id, String event) {
        return m -> m.path("event").asText().equals(event) && m.at("/data/id").asLong() == id;
    }
}
