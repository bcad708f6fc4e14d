package io.taskhub.realtime.v1;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskState;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.realtime.FreePort;
import io.taskhub.realtime.SseClient;
import io.taskhub.realtime.SseClient.Event;
import io.taskhub.realtime.Story;
import io.taskhub.realtime.World;
import io.taskhub.realtime.sse.StreamId;
import jakarta.inject.Inject;
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
class ProgressStreamTest {
    @Inject
    World world;

    @BeforeEach
    void the_feed_is_ready() {
        world.awaitFeed();
    }

    private SseClient open(Story task, String query, @Nullable String lastEventId) {
        return SseClient.open(
                world.base(),
                "/api/v1/tasks/" + task.id() + "/progress/stream" + query,
                world.token(Roles.VIEWER),
                lastEventId);
    }

    private SseClient openMany(String ids, String query, @Nullable String lastEventId) {
        return SseClient.open(
                world.base(),
                "/api/v1/progress/stream?task_ids=" + ids + query,
                world.token(Roles.VIEWER),
                lastEventId);
    }

    private Story running() {
        return world.task(Origin.V1).created().started(1);
    }

    private Story ended() {
        return running().progressed(10).progressed(60).finished(TaskState.COMPLETED, "");
    }

    private static String id(Story task, int seq) {
        return StreamId.of(task.events().get(seq - 1)).toString();
    }

    private static List<Integer> percentages(List<Event> events) {
        return events.stream()
                .filter(e -> !e.name().equals("done"))
                .map(e -> e.data().path("percentage").asInt())
                .toList();
    }

    @Test
    void a_stream_tells_what_is_new_and_ends_with_done() {
        Story task = running().progressed(10);
        try (SseClient stream = open(task, "", null).opened()) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            assertThat(stream.header("Cache-Control")).isEqualTo("no-cache");
            assertThat(stream.header("X-Accel-Buffering")).isEqualTo("no");
            assertThat(stream.lastId()).isEqualTo(id(task, 3));
            task.progressed(30).retrying(1).started(2).finished(TaskState.COMPLETED, "");
            List<Event> events = stream.untilEnd();
            assertThat(events).extracting(Event::name).containsExactly("progress", "progress", "done");
            assertThat(events).extracting(Event::id).containsExactly(id(task, 4), id(task, 7), id(task, 7));
            assertThat(events.get(0).data()).hasToString("""
                    {"task_id":"%s","percentage":30,"stage":"processing","message":"at 30","timestamp_ms":%d}""".formatted(
                            task.id(), task.events().get(3).subject().ts_ms()));
            assertThat(events.get(1).data().path("stage").asText()).isEqualTo("completed");
            assertThat(events.get(1).data().path("message").asText()).isEqualTo("Done");
            assertThat(events.get(2).data()).hasToString("""
                    {"task_id":"%s","status":"completed"}""".formatted(task.id()));
        }
    }

    @Test
    void an_ended_task_is_done_at_once_and_replays_when_asked_to() {
        Story task = ended();
        assertThat(open(task, "", null).untilEnd()).extracting(Event::name).containsExactly("done");
        List<Event> replay = open(task, "?start_id=0", null).untilEnd();
        assertThat(replay).extracting(Event::name).containsExactly("progress", "progress", "progress", "done");
        assertThat(percentages(replay)).containsExactly(10, 60, 100);
        List<Event> history = open(task, "?history=true", null).untilEnd();
        assertThat(history).extracting(Event::name).containsExactly("history", "history", "history", "done");
    }

    @Test
    void every_end_has_its_word() {
        Story failed = running().progressed(50).finished(TaskState.ARCHIVED, "exit code 1");
        Story cancelled = world.task(Origin.V1).created().finished(TaskState.CANCELLED, "task cancelled");
        List<Event> first = open(failed, "?start_id=0", null).untilEnd();
        assertThat(first.get(1).data().path("stage").asText()).isEqualTo("failed");
        assertThat(first.get(1).data().path("message").asText()).isEqualTo("exit code 1");
        assertThat(first.get(1).data().path("percentage").asInt()).isEqualTo(50);
        assertThat(first.get(2).data().path("status").asText()).isEqualTo("failed");
        List<Event> second = open(cancelled, "", null).untilEnd();
        assertThat(second.getLast().data().path("status").asText()).isEqualTo("cancelled");
    }

    @Test
    void a_reconnect_at_every_possible_point_gives_exactly_the_rest() {
        Story task = ended();
        List<Event> all = open(task, "?start_id=0", null).untilEnd();
        for (int point = 0; point < all.size(); point++) {
            List<Event> rest = open(task, "?start_id=0", all.get(point).id()).untilEnd();
            List<Event> expected = new ArrayList<>(all.subList(point + 1, all.size()));
            if (expected.isEmpty()) {
                expected.add(all.getLast());
            }
            assertThat(rest).as("after %s", all.get(point)).isEqualTo(expected);
        }
    }

    @Test
    void a_reconnect_at_every_possible_point_of_a_running_task_misses_and_repeats_nothing() {
        Story task = world.task(Origin.V1).created();
        List<Integer> seen = new ArrayList<>();
        SseClient stream = open(task, "", null).opened();
        task.started(1);
        for (int percentage = 1; percentage <= 12; percentage++) {
            String last = stream.lastId();
            stream.close();
            task.progressed(percentage);
            stream = open(task, "", last);
            seen.addAll(percentages(stream.first(1)));
        }
        stream.close();
        task.finished(TaskState.COMPLETED, "");
        seen.addAll(percentages(open(task, "", stream.lastId()).untilEnd()));
        assertThat(seen)
                .isEqualTo(IntStream.concat(IntStream.rangeClosed(1, 12), IntStream.of(100))
                        .boxed()
                        .toList());
    }

    @Test
    void a_connection_lost_before_the_first_event_loses_nothing() {
        Story task = running().progressed(10);
        SseClient first = open(task, "", null).opened();
        first.close();
        task.progressed(20).finished(TaskState.COMPLETED, "");
        assertThat(percentages(open(task, "", first.lastId()).untilEnd())).containsExactly(20, 100);
    }

    @Test
    void many_streams_opened_while_events_come_all_tell_the_same() {
        Story task = running();
        List<SseClient> streams = new ArrayList<>();
        for (int percentage = 1; percentage <= 40; percentage++) {
            streams.add(open(task, "?start_id=0", null));
            task.progressed(percentage);
        }
        task.finished(TaskState.COMPLETED, "");
        List<Integer> all = IntStream.concat(IntStream.rangeClosed(1, 40), IntStream.of(100))
                .boxed()
                .toList();
        assertThat(streams)
                .allSatisfy(stream -> assertThat(percentages(stream.untilEnd())).isEqualTo(all));
    }

    @Test
    void what_the_feed_did_not_tell_is_read_from_history() {
        Story task = running();
        try (SseClient stream = open(task, "", null).opened()) {
            task.unpublished().progressed(10).progressed(20).publishedAgain();
            world.stored().fail(3);
            task.progressed(30);
            assertThat(percentages(stream.first(3))).containsExactly(10, 20, 30);
        }
    }

    @Test
    void a_long_history_comes_whole() {
        Story task = running().unpublished();
        IntStream.rangeClosed(1, 1_000).forEach(n -> task.progressed(n % 100));
        task.finished(TaskState.COMPLETED, "");
        List<Event> events = open(task, "?start_id=0", null).untilEnd();
        assertThat(events).hasSize(1_002);
        assertThat(open(task, "", null).untilEnd()).hasSize(1);
        List<Event> rest = open(task, "", events.get(700).id()).untilEnd();
        assertThat(rest).isEqualTo(events.subList(701, 1_002));
    }

    @Test
    void an_id_that_we_never_gave_out_is_a_point_in_time() {
        Story task = ended();
        long second = task.events().get(3).subject().ts_ms();
        assertThat(percentages(
                        open(task, "?start_id=" + (second - 1) + "-0", null).untilEnd()))
                .containsExactly(60, 100);
        assertThat(percentages(open(task, "?start_id=" + second + "-77", null).untilEnd()))
                .containsExactly(100);
    }

    @Test
    void a_task_that_ran_again_is_done_only_at_its_last_end() {
        Story task = running().finished(TaskState.ARCHIVED, "broken");
        task.restarted();
        try (SseClient stream = open(task, "?start_id=0", null)) {
            stream.first(1);
            assertThat(stream.hasEnded()).isFalse();
            task.started(1).finished(TaskState.COMPLETED, "");
            assertThat(stream.untilEnd()).extracting(Event::name).containsExactly("progress", "progress", "done");
        }
    }

    @Test
    void a_deleted_task_ends_its_streams() {
        Story task = world.task(Origin.V1).created();
        try (SseClient stream = open(task, "", null).opened()) {
            task.deleted();
            List<Event> events = stream.untilEnd();
            assertThat(events).extracting(Event::name).containsExactly("done");
            assertThat(events.getFirst().data().path("status").asText()).isEqualTo("deleted");
        }
        assertThat(open(task, "", null).status()).isEqualTo(404);
    }

    @Test
    void every_spelling_of_the_id_is_accepted_and_the_uuid_is_shown() {
        Story task = ended();
        for (String spelling : List.of(task.number(), task.id().tsk(), task.id().job())) {
            List<Event> events = SseClient.open(
                            world.base(),
                            "/api/v1/tasks/" + spelling + "/progress/stream?start_id=0",
                            world.token(Roles.VIEWER),
                            null)
                    .untilEnd();
            assertThat(events).hasSize(4);
            assertThat(events.getLast().data().path("task_id").asText())
                    .isEqualTo(task.id().toString());
        }
    }

    @Test
    void several_tasks_come_in_one_stream_that_ends_after_the_last() {
        Story a = running();
        Story b = running();
        Story c = ended();
        String ids = a.id() + "," + b.id() + "," + c.id();
        try (SseClient stream = openMany(ids, "", null).opened()) {
            assertThat(stream.first(2)).extracting(Event::name).containsExactly("progress", "done");
            assertThat(stream.first(2).getFirst().data().path("status").asText())
                    .isEqualTo("completed");
            a.progressed(30);
            stream.first(3);
            b.finished(TaskState.ARCHIVED, "no");
            stream.first(5);
            a.finished(TaskState.COMPLETED, "");
            List<Event> events = stream.untilEnd();
            assertThat(events).hasSize(7);
            assertThat(events.get(2).data().path("task_id").asText()).isEqualTo(a.id().toString());
            assertThat(events.get(2).data().path("progress").path("percentage").asInt())
                    .isEqualTo(30);
            assertThat(events.get(2).data().path("is_final").asBoolean(true)).isFalse();
            assertThat(events.get(2).data().has("status")).isFalse();
            assertThat(events.get(3).data().path("is_final").asBoolean()).isTrue();
            assertThat(events.get(3).data().path("status").asText()).isEqualTo("failed");
            for (int point = 0; point < events.size(); point++) {
                List<Event> rest = openMany(ids, "", events.get(point).id()).untilEnd().stream()
                        .filter(e -> e.name().equals("progress"))
                        .toList();
                assertThat(rest)
                        .extracting(Event::data)
                        .containsExactlyInAnyOrderElementsOf(events.subList(point + 1, events.size()).stream()
                                .filter(e -> e.name().equals("progress"))
                                .map(Event::data)
                                .toList());
            }
        }
    }

    @Test
    void an_idle_stream_gets_comments() {
        try (SseClient stream = open(running(), "", null).opened()) {
            await().until(() -> stream.comments() >= 2);
        }
    }

    @Test
    void what_cannot_be_streamed_is_refused_in_v1s_words() {
        String viewer = world.token(Roles.VIEWER);
        String path = "/api/v1/tasks/" + UUID.randomUUID() + "/progress/stream";
        Story task = ended();
        String known = "/api/v1/tasks/" + task.id() + "/progress/stream";
        refused(viewer, path, 404, "TASK_NOT_FOUND");
        refused(viewer, "/api/v1/tasks/nonsense/progress/stream", 404, "TASK_NOT_FOUND");
        refused(viewer, known + "?start_id=x", 400, "INVALID_REQUEST");
        refused(viewer, known + "?history=perhaps", 400, "INVALID_REQUEST");
        refused(viewer, "/api/v1/progress/stream", 400, "INVALID_REQUEST");
        refused(viewer, "/api/v1/progress/stream?task_ids=1,2,3,4,5,6,7,8,9,10,11", 400, "INVALID_REQUEST");
        refused(viewer, "/api/v1/progress/stream?task_ids=" + task.id() + ",77777777", 404, "TASK_NOT_FOUND");
        refused(world.token(Roles.WORKER), known, 403, "FORBIDDEN");
        given().when().get(known).then().statusCode(401).body("code", equalTo("UNAUTHORIZED"));
        given().auth().oauth2("rubbish").when().get(known).then().statusCode(401);
        world.stored().fail(10);
        refused(viewer, known, 503, "SERVICE_UNAVAILABLE");
        world.stored().fail(0);
    }

    private static void refused(String token, String path, int status, String code) {
        given().auth()
                .oauth2(token)
                .when()
                .get(path)
                .then()
                .statusCode(status)
                .contentType("application/json")
                .body("code", equalTo(code));
    }
}
