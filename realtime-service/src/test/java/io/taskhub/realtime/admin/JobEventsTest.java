package io.taskhub.realtime.admin;

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
import io.vertx.core.Promise;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/** {@code GET /api/admin/jobs/events} (decisions §7). */
@QuarkusTest
@WithTestResource(value = TestInfrastructure.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FreePort.class, scope = TestResourceScope.GLOBAL)
@DisplayNameGeneration(ReplaceUnderscores.class)
class JobEventsTest {
    private static final String PATH = "/api/admin/jobs/events";

    @Inject
    World world;

    @BeforeEach
    void the_feed_is_ready() {
        world.awaitFeed();
    }

    private SseClient open() {
        return SseClient.open(world.base(), PATH, world.token(Roles.ADMIN), null);
    }

    private static List<String> words(List<Event> events, String field) {
        return events.stream().map(e -> e.data().path(field).asText()).toList();
    }

    /** Other tests' tasks are told of too. */
    private static List<Event> of(SseClient stream, Story task) {
        return stream.first(0).stream()
                .filter(e -> e.data().path("task_id").asText().equals(task.id().toString()))
                .toList();
    }

    private static List<Event> of(SseClient stream, Story task, int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> of(stream, task).size() >= count);
        return of(stream, task);
    }

    @Test
    void every_task_is_told_of_in_the_contracts_words() {
        try (SseClient stream = open()) {
            assertThat(stream.header("Content-Type")).startsWith("text/event-stream");
            Story task = world.task(Origin.ADMIN)
                    .created()
                    .started(1)
                    .reported("release", "{\"stage\":\"release\",\"release_id\":\"7\"}")
                    .retrying(1)
                    .cancelRequested()
                    .finished(TaskState.CANCELLED, "task cancelled");
            List<Event> events = of(stream, task, 6);
            assertThat(events).extracting(Event::name).containsOnly("job.event");
            assertThat(words(events, "event_type"))
                    .containsExactly(
                            "task.created",
                            "task.running",
                            "task.progress",
                            "task.progress",
                            "task.cancel_requested",
                            "task.canceled");
            assertThat(words(events, "status"))
                    .containsExactly("queued", "running", "running", "queued", "running", "canceled");
            assertThat(events.getFirst().id())
                    .isEqualTo(StreamId.of(task.events().getFirst()).toString());
            assertThat(events.getFirst().data()).hasToString("""
                    {"event_id":1,"task_id":"%s","task_type":"demo","status":"queued","event_type":"task.created",\
                    "payload_json":"{\\"task_type\\":\\"demo\\",\\"queue\\":\\"default\\",\\"status\\":\\"queued\\",\\"task_id\\":\\"%s\\"}",\
                    "created_at":"2025-10-09T08:53:20.010000000+00:00"}""".formatted(task.id(), task.id()));
            assertThat(words(events, "payload_json"))
                    .contains("{\"stage\":\"release\",\"release_id\":\"7\",\"task_id\":\"" + task.id() + "\"}");
        }
    }

    @Test
    void a_task_from_before_has_its_type_too_and_what_happened_to_it_before_is_not_told() {
        Story task = world.task(Origin.V1).unpublished().created().started(1).publishedAgain();
        try (SseClient stream = open()) {
            task.progressed(10).finished(TaskState.ARCHIVED, "exit code 1");
            List<Event> events = of(stream, task, 2);
            assertThat(words(events, "event_type")).containsExactly("task.progress", "task.completed");
            assertThat(words(events, "status")).containsExactly("running", "failed");
            assertThat(words(events, "task_type")).containsOnly("demo");
            assertThat(words(events, "payload_json").getFirst())
                    .startsWith("{\"stage\":\"processing\",\"message\":\"at 10\",\"percentage\":10,\"task_id\":");
        }
    }

    @Test
    void a_type_that_cannot_be_found_out_holds_nothing_up() {
        Story task = world.task(Origin.V1);
        try (SseClient stream = open()) {
            world.stored().fail(1_000);
            task.started(1).progressed(10);
            List<Event> events = of(stream, task, 2);
            assertThat(words(events, "event_type")).containsExactly("task.running", "task.progress");
            assertThat(events).noneMatch(e -> e.data().has("task_type"));
        } finally {
            world.stored().fail(0);
        }
    }

    @Test
    void a_type_that_is_long_in_coming_holds_only_a_few_up() {
        Story task = world.task(Origin.V1).unpublished().created().publishedAgain();
        Promise<Void> answered = world.stored().hold();
        try (SseClient stream = open()) {
            IntStream.range(0, 40).forEach(task::progressed);
            assertThat(of(stream, task, 8)).noneMatch(e -> e.data().has("task_type"));
            answered.complete();
            List<Event> events = of(stream, task, 40);
            assertThat(events)
                    .extracting(Event::id)
                    .isEqualTo(task.events().stream()
                            .skip(1)
                            .map(e -> StreamId.of(e).toString())
                            .toList());
            assertThat(words(events.subList(8, 40), "task_type")).containsOnly("demo");
        } finally {
            answered.tryComplete();
        }
    }

    @Test
    void it_is_for_admins() {
        given().when().get(PATH).then().statusCode(401).body("error.code", equalTo("unauthorized"));
        given().auth()
                .oauth2(world.token(Roles.OPERATOR, Roles.VIEWER))
                .when()
                .get(PATH)
                .then()
                .statusCode(403)
                .contentType("application/json")
                .body("ok", equalTo(false))
                .body("error.code", equalTo("forbidden_admin_only"));
    }
}
