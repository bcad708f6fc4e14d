package io.taskhub.realtime.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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
import io.taskhub.realtime.Story;
import io.taskhub.realtime.World;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = TestInfrastructure.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = FreePort.class, scope = TestResourceScope.GLOBAL)
@DisplayNameGeneration(ReplaceUnderscores.class)
class FeedFaultsTest {
    @Inject
    World world;

    @Inject
    Lanes lanes;

    @Inject
    Channels channels;

    @BeforeEach
    void the_feed_is_ready() {
        world.awaitFeed();
    }

    private SseClient stream(Story task) {
        return SseClient.open(
                        world.base(),
                        "/api/v1/tasks/" + task.id() + "/progress/stream",
                        world.token(Roles.VIEWER),
                        null)
                .opened();
    }

    private SocketClient socket(String topic, Story task) {
        return SocketClient.open(world.base(), world.token(Roles.VIEWER))
                .send("{\"op\":\"subscribe\",\"topic\":\"" + topic + "\",\"task_id\":\"" + task.number() + "\"}")
                .settled();
    }

    private static List<Long> seqs(List<JsonNode> messages) {
        return messages.stream().map(m -> m.path("seq").asLong()).toList();
    }

    @Test
    void when_kafka_goes_and_comes_back_streams_catch_up() {
        Story task = world.task(Origin.TASKHUB).created();
        try (SseClient stream = stream(task);
                SocketClient logs = socket("task_logs", task)) {
            task.started(1).progressed(10).line(1, "before");
            stream.first(1);
            logs.typed("log", 1);
            TestInfrastructure.stopKafka();
            // what the relay could not send it sends when Kafka is back; one event never arrives
            task.unpublished().progressed(20).publishedAgain();
            task.progressed(30);
            task.line(1, "while it was away");
            TestInfrastructure.startKafka();
            task.progressed(40).finished(TaskState.COMPLETED, "");
            assertThat(stream.untilEnd())
                    .extracting(e -> e.data().path("percentage").asInt())
                    .containsExactly(10, 20, 30, 40, 100, 0);
            assertThat(seqs(logs.typed("log", 2))).containsExactly(1L, 2L);
        }
    }

    @Test
    void when_the_feed_jumps_everybody_reads_what_was_missed() {
        Story task = world.task(Origin.TASKHUB).created().started(1);
        try (SseClient stream = stream(task);
                SocketClient logs = socket("task_logs", task);
                SocketClient events = socket("task_events", task)) {
            task.progressed(10).retrying(1).line(1, "one");
            events.typed("event", 1);
            logs.typed("log", 1);
            stream.first(1);
            task.unpublished().started(2).progressed(20).finished(TaskState.COMPLETED, "");
            task.line(1, "two");
            lanes.each(channels::tellJump);
            assertThat(stream.untilEnd())
                    .extracting(SseClient.Event::name)
                    .containsExactly("progress", "progress", "progress", "done");
            assertThat(seqs(events.typed("event", 4))).containsExactly(4L, 5L, 7L, 7L);
        }
    }
}
