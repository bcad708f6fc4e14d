package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Dag;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Waiting;
import io.taskhub.local.Suite;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code kill -9} while runs are under way: all of them end, and no node runs twice. Every node leaves a line; they are counted. */
@EndToEnd
@Isolated
@Order(Faults.AFTER_THE_CONTRACTS + 1)
class DagFaultsTest {
    private static final int RUNS = 20;
    private static final List<String> NODES = List.of("a", "b", "c", "d", "e");
    private static final Duration ENDS = Duration.ofSeconds(90);

    private final Suite suite;
    private final Dags dags;

    DagFaultsTest(Hub hub) {
        this.suite = hub.suite();
        this.dags = hub.dags();
    }

    @AfterEach
    void everything_is_back() {
        suite.awaitReady();
    }

    @Test
    @Timeout(150)
    void twenty_runs_survive_the_death_of_one_dag_service_and_then_of_the_other() {
        try (Gate gate = Gate.shut()) {
            List<String> runs = start(gate, "sleep 0.4; ");
            Waiting.await().until(() -> lines(gate) >= 10);
            suite.kill("dag-service");
            Waiting.await().until(() -> lines(gate) >= 50);
            suite.kill("dag-service-2");

            assertAllEndedOnce(gate, runs);
        }
    }

    @Test
    @Timeout(150)
    void twenty_runs_survive_the_death_of_a_task_service_and_a_worker() {
        try (Gate gate = Gate.shut()) {
            List<String> runs = start(gate, gate.leaves("begun") + gate.waits("go"));
            Waiting.await().until(() -> gate.count("begun") == 2 * RUNS);
            List<ProcessHandle> commands = ProcessHandle.of(suite.pid("worker-service"))
                    .map(worker -> worker.descendants().toList())
                    .orElse(List.of());
            assertThat(commands).isNotEmpty();

            suite.kill("task-service");
            suite.kill("worker-service");
            // a dead worker's commands die with it; until then they are not let on
            Waiting.await().until(() -> commands.stream().noneMatch(ProcessHandle::isAlive));
            gate.open("go");

            assertAllEndedOnce(gate, runs);
        }
    }

    /** a → (b, c) → d, and e beside them. */
    private List<String> start(Gate gate, String first) {
        return IntStream.range(0, RUNS)
                .mapToObj(n -> dags.start(Dag.named(Names.unique("killed"))
                        .shell("a", first + gate.leaves(n + "-a"))
                        .shell("b", first + gate.leaves(n + "-b"), "a")
                        .shell("c", first + gate.leaves(n + "-c"), "a")
                        .shell("d", first + gate.leaves(n + "-d"), "b", "c")
                        .shell("e", first + gate.leaves(n + "-e"))))
                .toList();
    }

    private static int lines(Gate gate) {
        return IntStream.range(0, RUNS)
                .map(n -> NODES.stream()
                        .mapToInt(node -> gate.count(n + "-" + node))
                        .sum())
                .sum();
    }

    private void assertAllEndedOnce(Gate gate, List<String> runs) {
        Waiting.await(ENDS).ignoreExceptions().until(() -> runs.stream()
                .allMatch(run -> dags.get(run).path("status").asInt() != Dags.RUNNING));
        List<String> wrong = new ArrayList<>();
        for (int n = 0; n < RUNS; n++) {
            JsonNode run = dags.get(runs.get(n));
            if (run.path("status").asInt() != Dags.SUCCESS) {
                wrong.add(run.toString());
            }
            for (String node : NODES) {
                if (gate.count(n + "-" + node) != 1) {
                    wrong.add(runs.get(n) + " " + node + " ran " + gate.count(n + "-" + node) + " times");
                }
            }
        }
        assertThat(wrong).isEmpty();
        for (String run : runs) {
            assertThat(dags.story(run, "d"))
                    .as("each event of a node's life is told once, also over a death")
                    .containsOnlyOnce("dag_node_ready", "dag_node_start", "task_start", "task_end", "dag_node_end")
                    .startsWith("dag_node_ready")
                    .endsWith("dag_node_end");
        }
    }
}
