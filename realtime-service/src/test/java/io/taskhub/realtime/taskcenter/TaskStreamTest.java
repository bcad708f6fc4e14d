package io.taskhub.realtime.taskcenter;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskState;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.realtime.FreePort;
import io.taskhub.realtime.SocketClient;
import io.taskhub.realtime.SseClient;
import io.taskhub.realtime.SseClient.Event;
import io.taskhub.realtime.Story;
import io.taskhub.realtime.World;
import io.taskhub.realtime.sse.StreamId;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestInfrastructure.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FreePort.class, scope = TestResourceScope.GLOBAL)
@DisplayNameGeneration(ReplaceUnderscores.class)
class TaskStreamTest {
    @Inject
    World world;

    @BeforeEach
    void the_feed_is_ready() {
        world.awaitFeed();
    }

    private static String path(Story task) {
        return "/api/tasks/" + task.id().tsk() + "/stream";
    }

    private SseClient open(String path, @Nullable String lastEventId) {
        return SseClient.open(world.base(), path, world.token(Roles.VIEWER), lastEventId);
    }

    private SocketClient socket(String path) {
        return SocketClient.open(world.base(), path, world.token(Roles.VIEWER));
    }

    private static void step(Story task, int n) {
        task.reported("status", "{\"event\":\"status\",\"current_step\":" + n + ",\"recorded_at\":\"t\"}");
    }

    private static void overlay(Story task, String step) {
        task.reported("overlay", """
                {"event":"overlay","type":"highlight","bbox":[1,2,3,4],"content_type":"dom","recorded_at":"t",\
                "step":"%s","meta":{"action":"click"}}""".formatted(step));
    }

    private Story running() {
        return world.task(Origin.TASKCENTER).created().started(1);
    }

    private Story ended() {
        Story task = running();
        step(task, 0);
        overlay(task, "step-1");
        step(task, 1);
        return task.finished(TaskState.COMPLETED, "");
    }

    private static List<String> ids(Story task) {
        return task.events().stream().map(e -> StreamId.of(e).toString()).toList();
    }

    @Test
    void a_stream_replays_what_was_then_tells_what_is_and_ends_after_the_terminal_frame() {
        Story task = running();
        overlay(task, "step-1");
        try (SseClient stream = open(path(task), null)) {
            stream.first(3);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            step(task, 1);
            task.reported("log", "{\"event\":\"log\",\"level\":\"info\",\"message\":\"m\",\"recorded_at\":\"t\"}");
            task.finished(TaskState.COMPLETED, "");
            List<Event> events = stream.untilEnd();
            assertThat(events)
                    .extracting(Event::name)
                    .containsExactly("status", "status", "overlay", "status", "log", "status");
            assertThat(events).extracting(Event::id).isEqualTo(ids(task));
            assertThat(events)
                    .allSatisfy(e -> assertThat(e.data().path("event").asText()).isEqualTo(e.name()));
            assertThat(events)
                    .filteredOn(e -> e.name().equals("status"))
                    .extracting(e -> e.data().path("status").asText())
                    .containsExactly("queued", "running", "running", "success");
            assertThat(events.getLast().data().at("/plan_overlays/steps/0/id").asText())
                    .isEqualTo("step-1");
        }
    }

    @Test
    void a_reconnect_at_every_possible_point_gives_exactly_the_rest() {
        Story task = ended();
        List<Event> all = open(path(task), null).untilEnd();
        assertThat(all).hasSize(6);
        for (int point = 0; point < all.size(); point++) {
            List<Event> rest = all.subList(point + 1, all.size());
            String last = all.get(point).id();
            assertThat(open(path(task), last).untilEnd()).isEqualTo(rest);
            assertThat(open(path(task) + "?last_event_id=" + last, null).untilEnd())
                    .isEqualTo(rest);
            try (SocketClient socket = socket(path(task) + "?last_event_id=" + last)) {
                assertThat(socket.closeCode()).isEqualTo(1000);
                assertThat(socket.messages()).hasSameSizeAs(rest);
            }
        }
        String query = "?last_event_id=" + all.getLast().id();
        assertThat(open(path(task) + query, all.getFirst().id()).untilEnd()).isEqualTo(all.subList(1, all.size()));
    }

    @Test
    void a_restarted_task_is_told_to_its_last_end_from_every_point() {
        Story task = running().finished(TaskState.ARCHIVED, "exit code 2");
        assertThat(open(path(task), null).untilEnd().getLast().name()).isEqualTo("error");
        task.restarted().started(1);
        try (SseClient stream = open(path(task), null)) {
            stream.first(5);
            task.finished(TaskState.COMPLETED, "");
            List<Event> all = stream.untilEnd();
            assertThat(all)
                    .extracting(Event::name)
                    .containsExactly("status", "status", "log", "status", "status", "status");
            assertThat(all).extracting(Event::id).isEqualTo(ids(task));
            assertThat(all.getLast().data().path("status").asText()).isEqualTo("success");
            for (int point = 0; point < all.size(); point++) {
                assertThat(open(path(task), all.get(point).id()).untilEnd())
                        .isEqualTo(all.subList(point + 1, all.size()));
            }
        }
    }

    @Test
    void a_reconnect_at_every_possible_point_of_a_running_task_misses_and_repeats_nothing() {
        Story task = running();
        List<String> seen = new ArrayList<>();
        String last = null;
        for (int n = 0; n < 8; n++) {
            step(task, n);
            try (SseClient stream = open(path(task), last)) {
                List<Event> events = stream.first(n == 0 ? 3 : 1);
                assertThat(events.getLast().data().path("current_step").asInt()).isEqualTo(n);
                events.forEach(e -> seen.add(e.id()));
            }
            last = seen.getLast();
        }
        task.finished(TaskState.COMPLETED, "");
        open(path(task), last).untilEnd().forEach(e -> seen.add(e.id()));
        assertThat(seen).isEqualTo(ids(task));
    }

    @Test
    void streams_opened_while_events_come_all_tell_the_same() {
        Story task = running();
        List<SseClient> streams = new ArrayList<>();
        List<SocketClient> sockets = new ArrayList<>();
        for (int n = 0; n < 12; n++) {
            streams.add(open(path(task), null));
            sockets.add(socket(path(task)));
            step(task, n);
        }
        task.finished(TaskState.COMPLETED, "");
        assertThat(streams)
                .allSatisfy(stream ->
                        assertThat(stream.untilEnd()).extracting(Event::id).isEqualTo(ids(task)));
        assertThat(sockets).allSatisfy(socket -> {
            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(socket.messages()).extracting(m -> m.path("id").asText()).isEqualTo(ids(task));
        });
    }

    @Test
    void a_long_history_comes_whole_and_is_resumed_with_all_that_was_folded() {
        Story task = running().unpublished();
        overlay(task, "step-1");
        IntStream.range(0, 500).forEach(n -> step(task, n));
        try (SseClient stream = open(path(task), null)) {
            List<Event> events = stream.first(503);
            assertThat(events).extracting(Event::id).isEqualTo(ids(task));
            try (SseClient rest = open(path(task), events.get(500).id())) {
                Event first = rest.first(2).getFirst();
                assertThat(first).isEqualTo(events.get(501));
                assertThat(first.data().at("/plan_overlays/steps/0/id").asText())
                        .isEqualTo("step-1");
            }
        }
    }

    @Test
    void a_socket_on_the_same_paths_carries_the_same_payloads_and_closes_1000() {
        Story task = ended();
        List<Event> events = open(path(task), null).untilEnd();
        for (String path : List.of(path(task), "/api/tasks/" + task.number() + "/events")) {
            try (SocketClient socket = socket(path)) {
                assertThat(socket.closeCode()).isEqualTo(1000);
                List<JsonNode> expected = events.stream()
                        .<JsonNode>map(e -> e.data().<ObjectNode>deepCopy().put("id", e.id()))
                        .toList();
                assertThat(socket.messages()).isEqualTo(expected);
            }
        }
    }

    @Test
    void a_socket_tells_what_happens_live() {
        Story task = running();
        try (SocketClient socket = socket(path(task))) {
            socket.first(2);
            step(task, 7);
            assertThat(socket.first(3).getLast().path("current_step").asInt()).isEqualTo(7);
            task.cancelRequested().finished(TaskState.CANCELLED, "task cancelled");
            assertThat(socket.closeCode()).isEqualTo(1000);
            assertThat(socket.messages().getLast().path("event").asText()).isEqualTo("error");
            assertThat(socket.messages().getLast().path("error_code").asText()).isEqualTo("CANCELLED");
        }
    }

    @Test
    void a_socket_whose_reader_does_not_read_is_closed_4408() {
        Story task = running();
        try (SocketClient socket = socket(path(task))) {
            socket.first(2);
            double before = dropped();
            socket.pause();
            String large = """
                    {"event":"log","level":"info","message":"%s","recorded_at":"t"}""".formatted("x".repeat(40_000));
            IntStream.range(0, 900).forEach(n -> task.reported("log", large));
            await().atMost(Duration.ofSeconds(30)).until(() -> dropped() > before);
            socket.resume();
            assertThat(socket.closeCode()).isEqualTo(4408);
            List<JsonNode> got = socket.messages();
            assertThat(got)
                    .extracting(m -> m.path("id").asText())
                    .isEqualTo(ids(task).subList(0, got.size()));
        }
    }

    private static double dropped() {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith("taskhub_realtime_dropped") && line.contains("kind=\"stream\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    @Test
    void every_spelling_and_a_task_of_another_dialect_can_be_watched_under_both_names() {
        Story task = world.task(Origin.V1)
                .created()
                .started(1)
                .progressed(10)
                .retrying(1)
                .started(2)
                .finished(TaskState.ARCHIVED, "exit code 2");
        for (String spelling : List.of(
                task.number(), task.id().toString(), task.id().job(), task.id().tsk())) {
            List<Event> events =
                    open("/api/tasks/" + spelling + "/events", null).untilEnd();
            assertThat(events)
                    .extracting(Event::name)
                    .containsExactly("status", "status", "log", "status", "status", "error");
            assertThat(events.get(2).data().path("message").asText()).isEqualTo("at 10");
            assertThat(events.getLast().data().path("error_code").asText()).isEqualTo("FAILED");
        }
    }

    @Test
    void a_worker_that_was_lost_is_told_of_and_a_deleted_task_ends_its_streams() {
        Story task = running().returned("lost");
        try (SseClient stream = open(path(task), null);
                SocketClient socket = socket(path(task))) {
            assertThat(stream.first(3).getLast().data().path("status").asText()).isEqualTo("queued");
            socket.first(3);
            task.deleted();
            assertThat(stream.untilEnd().getLast().data().path("error_code").asText())
                    .isEqualTo("NOT_FOUND");
            assertThat(socket.closeCode()).isEqualTo(1000);
        }
    }

    @Test
    void an_idle_stream_gets_comments() {
        try (SseClient stream = open(path(running()), null)) {
            await().until(() -> stream.comments() >= 2);
        }
    }

    @Test
    void what_cannot_be_streamed_is_refused_as_a_problem() {
        String viewer = world.token(Roles.VIEWER);
        String known = path(ended());
        refused(viewer, "/api/tasks/" + UUID.randomUUID() + "/stream", 404, "not_found");
        refused(viewer, "/api/tasks/nonsense/events", 404, "not_found");
        refused(viewer, known + "?last_event_id=x", 400, "bad_request");
        refused(world.token(Roles.WORKER), known, 403, "forbidden");
        given().when().get(known).then().statusCode(401).body("code", equalTo("unauthorized"));
        assertThatThrownBy(() -> socket("/api/tasks/" + UUID.randomUUID() + "/stream"))
                .hasMessageContaining("WebSocketHandshake");
        assertThatThrownBy(() -> SocketClient.open(world.base(), known, world.token(Roles.WORKER)))
                .hasMessageContaining("WebSocketHandshake");
        world.stored().fail(10);
        refused(viewer, known, 503, "service_unavailable");
        world.stored().fail(0);
    }

    private static void refused(String token, String path, int status, String code) {
        given().auth()
                .oauth2(token)
                .when()
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .body("status", equalTo(status));
    }
}
