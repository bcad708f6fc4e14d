package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** Many tasks on two workers and two task-services: none lost, none completed twice, none dead. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS)
class CrowdTest {
    private final Hub hub;
    private final V1Tasks v1;
    private final String queue = Names.unique("crowd");

    CrowdTest(Hub hub) {
        this.hub = hub;
        this.v1 = hub.v1();
    }

    @Test
    @Timeout(180)
    void ten_thousand_tasks_end_once_each() {
        run(10);
    }

    @Test
    @Tag("soak")
    @Timeout(900)
    void two_hundred_thousand_tasks_end_once_each() {
        run(200);
    }

    @Test
    void a_flood_in_a_heavy_queue_does_not_starve_a_light_one() {
        String due = Instant.now().plusSeconds(4).toString();
        List<NewTask> flood = new ArrayList<>();
        for (int i = 0; i < 900; i++) {
            flood.add(NewTask.sleep(20).queue("critical").with("process_at", due));
        }
        List<NewTask> light = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            light.add(NewTask.sleep(20).queue("low").with("process_at", due));
        }
        List<String> heavyIds = v1.createAll(flood);
        List<String> lightIds = v1.createAll(light);

        try (Journal journal = Journal.of(hub)) {
            List<String> started = journal.awaitStarts(heavyIds, lightIds);

            int firstLight = started.stream()
                    .takeWhile(id -> !lightIds.contains(id))
                    .toList()
                    .size();
            assertThat(firstLight)
                    .as("starts of the heavy queue before the first of the light one")
                    .isLessThan(600);
        }
    }

    private void run(int thousands) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < thousands; i++) {
            ids.addAll(v1.createAll(IntStream.range(0, 1_000)
                    .mapToObj(n -> n % 50 == 0 ? NewTask.shell("echo " + n) : NewTask.noop())
                    .map(task -> task.queue(queue))
                    .toList()));
        }
        assertThat(ids).doesNotHaveDuplicates().hasSize(1_000 * thousands);

        try (Journal journal = Journal.of(hub)) {
            journal.awaitEnds(ids, Duration.ofSeconds(60 + 20L * thousands));
            journal.read();

            Faults.assertEachCompletedOnce(journal, ids);
            for (String id : ids) {
                assertThat(journal.sequence(id))
                        .as("created, started, finished of " + id)
                        .containsExactly(1, 2, 3);
            }
        }
        Waiting.await().untilAsserted(() -> {
            var row = v1.stats(queue);
            assertThat(row.path("completed").asInt()).isEqualTo(1_000 * thousands);
            for (String none : List.of("pending", "active", "scheduled", "retry", "archived")) {
                assertThat(row.path(none).asInt(-1)).as(none).isZero();
            }
        });
    }
}
