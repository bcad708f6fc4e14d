package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Queue statistics, pauses and priorities. */
@EndToEnd
class QueuesTest {
    private static final String FAR = "2099-01-01T00:00:00Z";
    private final Hub hub;
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("stats");

    QueuesTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void a_queue_never_seen_is_one_row_of_zeros() {
        Reply stats = admin.get("/api/v1/queues/stats?queue=" + queue);

        assertThatReply(stats).hasStatus(200).has("/0/queue", queue);
        assertThat(stats.json().size()).isEqualTo(1);
        for (String count : List.of("pending", "active", "scheduled", "retry", "archived", "completed")) {
            assertThatReply(stats).has("/0/" + count, 0);
        }
    }

    @Test
    void every_state_is_counted_and_cancelled_counts_as_archived() {
        try (Gate gate = Gate.shut()) {
            v1.create(NewTask.noop().queue(queue));
            v1.create(NewTask.noop().queue(queue));
            v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
            v1.create(NewTask.shell("exit 1").queue(queue).once());
            v1.create(NewTask.shell("exit 1").queue(queue));
            v1.cancel(v1.create(NewTask.noop().queue(queue).with("process_at", FAR)))
                    .expect(200);
            v1.create(NewTask.shell(gate.waits("end")).queue(queue));

            Waiting.await().untilAsserted(() -> {
                JsonNode row = v1.stats(queue);
                assertThat(row.path("completed").asInt()).isEqualTo(2);
                assertThat(row.path("scheduled").asInt()).isEqualTo(1);
                assertThat(row.path("archived").asInt()).isEqualTo(2);
                assertThat(row.path("retry").asInt()).isEqualTo(1);
                assertThat(row.path("active").asInt()).isEqualTo(1);
                assertThat(row.path("pending").asInt()).isZero();
            });
            gate.open("end");
            Waiting.await().until(() -> v1.stats(queue).path("completed").asInt() == 3);
        }
    }

    @Test
    void all_queues_are_listed_without_a_name() {
        v1.awaitState(v1.create(NewTask.noop().queue(queue)), "completed");

        Waiting.await().until(() -> admin.get("/api/v1/queues/stats")
                .expect(200)
                .json()
                .findValuesAsText("queue")
                .contains(queue));
    }

    @Test
    void a_paused_queue_keeps_its_tasks_until_it_is_resumed() {
        v1.pauseQueue(queue);
        String kept = v1.create(NewTask.noop().queue(queue));
        String other = v1.create(NewTask.noop().queue(queue + "-other"));
        v1.awaitState(other, "completed");

        assertThat(v1.state(kept)).isEqualTo("pending");
        Waiting.await().until(() -> v1.stats(queue).path("pending").asInt() == 1);
        v1.resumeQueue(queue);

        v1.awaitState(kept, "completed");
    }

    @Test
    void within_a_queue_the_higher_priority_starts_first() {
        v1.pauseQueue(queue);
        List<String> low = v1.createAll(tasks(500, "low"));
        List<String> critical = v1.createAll(tasks(500, "critical"));
        v1.resumeQueue(queue);

        try (Journal journal = Journal.of(hub)) {
            List<String> started = journal.awaitStarts(low, critical);

            assertThat(started.subList(0, 200)).as("the first to start").isSubsetOf(critical);
        }
    }

    private List<NewTask> tasks(int count, String priority) {
        return IntStream.range(0, count)
                .mapToObj(i -> NewTask.sleep(20).queue(queue).with("priority", priority))
                .toList();
    }
}
