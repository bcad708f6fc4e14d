package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.FollowedStream;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import io.taskhub.local.Suite;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code kill -9} and orderly stops of single services while they work. Each test leaves the suite whole. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS + 1)
class ServiceFaultsTest {
    private static final Duration LEASE_LOST = Duration.ofSeconds(20);
    private final Hub hub;
    private final Suite suite;
    private final V1Tasks v1;
    private final String queue = Names.unique("faults");

    ServiceFaultsTest(Hub hub) {
        this.hub = hub;
        this.suite = hub.suite();
        this.v1 = hub.v1();
    }

    @AfterEach
    void everything_is_back() {
        suite.awaitReady();
    }

    @ParameterizedTest
    @Timeout(150)
    @ValueSource(strings = {"task-service", "worker-service", "realtime-service", "api-gateway"})
    void a_thousand_tasks_survive_the_death_of(String service) {
        String followed = v1.create(NewTask.demo(12).queue(queue));
        try (FollowedStream stream = FollowedStream.of(v1, followed);
                Journal journal = Journal.of(hub)) {
            List<String> ids = v1.createAll(IntStream.range(0, 1_000)
                    .mapToObj(n -> NewTask.sleep(100).queue(queue))
                    .toList());
            Waiting.await().until(() -> v1.stats(queue).path("active").asInt() > 1);

            suite.kill(service);

            journal.awaitEnds(ids, Duration.ofSeconds(90));
            suite.awaitReady();
            v1.awaitState(followed, "completed", Duration.ofSeconds(60));
            journal.read();
            Faults.assertEachCompletedOnce(journal, ids);
            Faults.assertHistoriesWhole(journal, ids);
            Faults.assertCaughtUp(stream, v1, followed);
        }
    }

    @Test
    @Timeout(120)
    void the_task_of_a_dead_worker_runs_again_within_twenty_seconds() {
        String marker = "7" + (System.nanoTime() % 1_000_000_000L) + ".5";
        try (Gate gate = Gate.shut()) {
            String id = v1.create(NewTask.shell(gate.leaves("run") + "sleep " + marker + " & " + gate.waits("end"))
                    .queue(queue)
                    .once());
            Waiting.await().until(() -> !Processes.withArgument(marker).isEmpty());
            String worker = ownerOf(marker);

            suite.kill(worker);

            Waiting.await(LEASE_LOST.plusSeconds(5)).until(() -> gate.count("run") == 2);
            gate.open("end");
            JsonNode task = v1.awaitState(id, "completed");
            assertThat(task.path("retried").asInt())
                    .as("a lost lease does not count")
                    .isZero();
        } finally {
            Processes.withArgument(marker).forEach(ProcessHandle::destroy);
        }
    }

    @Test
    @Timeout(120)
    void a_worker_that_is_told_to_stop_loses_nothing_and_counts_nothing() {
        List<String> ids = v1.createAll(IntStream.range(0, 200)
                .mapToObj(n -> NewTask.sleep(2_000).queue(queue).once())
                .toList());
        Waiting.await().until(() -> v1.stats(queue).path("active").asInt() > 1);

        suite.restart("worker-service");

        try (Journal journal = Journal.of(hub)) {
            journal.awaitEnds(ids, Duration.ofSeconds(60));
            Faults.assertEachCompletedOnce(journal, ids);
        }
        ids.forEach(id -> assertThat(v1.get(id).path("retried").asInt()).isZero());
    }

    @Test
    void with_one_replica_down_every_call_is_still_answered() {
        suite.stopService("task-service-2");
        suite.stopService("realtime-service-2");
        try {
            for (int i = 0; i < 20; i++) {
                String id = v1.create(NewTask.noop().queue(queue));
                assertThatReply(v1.fetch(id)).hasStatus(200);
            }
            String id = v1.create(NewTask.noop().queue(queue));
            v1.awaitState(id, "completed");
            try (FollowedStream stream = FollowedStream.of(v1, id)) {
                Faults.assertCaughtUp(stream, v1, id);
            }
        } finally {
            suite.startService("task-service-2");
            suite.startService("realtime-service-2");
        }
    }

    /** The worker instance among whose descendants the command runs. */
    private String ownerOf(String marker) {
        ProcessHandle process = Processes.withArgument(marker).getFirst();
        while (true) {
            long pid = process.pid();
            for (String name : List.of("worker-service", "worker-service-2")) {
                if (suite.pid(name) == pid) {
                    return name;
                }
            }
            process = process.parent().orElseThrow(() -> new AssertionError("no worker runs " + marker));
        }
    }
}
