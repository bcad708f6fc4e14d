package io.taskhub.dag;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskConfig;
import io.taskhub.dag.DagProgress.NodeState;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Random graphs with random ends, told by seed; what must hold of every one of them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DagProgressTest {
    private static final int GRAPHS = 400;
    private static final List<RunIf> CONDITIONS = List.of(RunIf.values());
    private static final NodeStatus[] ENDS = {
        NodeStatus.SUCCESS,
        NodeStatus.SUCCESS,
        NodeStatus.SUCCESS,
        NodeStatus.FAILED,
        NodeStatus.TIMEOUT,
        NodeStatus.CANCELED
    };

    @ParameterizedTest
    @EnumSource(FailPolicy.class)
    void nothing_starts_before_its_turn_and_everything_ends(FailPolicy policy) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Dag dag = dag(random, policy, true);
            Walk walk = new Walk(dag, random, ends(dag, random));
            while (!walk.progress.isOver()) {
                walk.step();
            }
            walk.checkEnd();
        }
    }

    @Test
    void under_skip_downstream_a_node_runs_exactly_when_its_condition_says_so() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Dag dag = dag(random, FailPolicy.SKIP_DOWNSTREAM, seed % 2 == 0);
            NodeStatus[] ends = ends(dag, random);
            Walk walk = new Walk(dag, random, ends).toTheEnd();
            assertThat(walk.statuses()).as("seed %d", seed).containsExactly(meant(dag, ends));
            assertThat(walk.progress.outcome())
                    .isEqualTo(
                            walk.statuses().stream().anyMatch(NodeStatus::isFailure)
                                    ? RunStatus.FAILED
                                    : RunStatus.SUCCESS);
        }
    }

    @Test
    void under_skip_downstream_exactly_the_descendants_of_what_failed_are_skipped() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Dag dag = dag(random, FailPolicy.SKIP_DOWNSTREAM, false);
            Walk walk = new Walk(dag, random, ends(dag, random)).toTheEnd();
            for (int i = 0; i < dag.size(); i++) {
                boolean behindAFailure =
                        dag.node(i).deps().stream().anyMatch(dep -> walk.progress.status(dep) != NodeStatus.SUCCESS);
                assertThat(walk.progress.status(i) == NodeStatus.SKIPPED)
                        .as("seed %d node %d", seed, i)
                        .isEqualTo(behindAFailure);
            }
        }
    }

    @Test
    void after_a_failure_under_fail_fast_only_what_asks_for_it_starts() {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Dag dag = dag(random, FailPolicy.FAIL_FAST, true);
            Walk walk = new Walk(dag, random, ends(dag, random));
            boolean failed = false;
            while (!walk.progress.isOver()) {
                DagProgress.Step step = walk.step();
                for (int started : step.start()) {
                    assertThat(failed && dag.node(started).runIf() == RunIf.SUCCESS)
                            .as("seed %d node %d", seed, started)
                            .isFalse();
                }
                failed = walk.statuses().stream().anyMatch(NodeStatus::isFailure);
            }
            assertThat(walk.progress.outcome()).isEqualTo(failed ? RunStatus.FAILED : RunStatus.SUCCESS);
        }
    }

    @ParameterizedTest
    @EnumSource(FailPolicy.class)
    void after_a_cancel_nothing_starts_whatever_its_condition(FailPolicy policy) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Random random = new Random(seed);
            Dag dag = dag(random, policy, true);
            Walk walk = new Walk(dag, random, ends(dag, random));
            int steps = random.nextInt(dag.size());
            for (int i = 0; i < steps && !walk.progress.isOver(); i++) {
                walk.step();
            }
            if (walk.progress.isOver()) {
                continue;
            }
            walk.progress.cancel();
            while (!walk.progress.isOver()) {
                assertThat(walk.step().start()).isEmpty();
            }
            walk.checkEnd();
            assertThat(walk.progress.outcome()).isEqualTo(RunStatus.CANCELED);
        }
    }

    @ParameterizedTest
    @EnumSource(FailPolicy.class)
    void a_run_that_is_left_and_taken_up_again_at_every_step_ends_as_one_that_was_not(FailPolicy policy) {
        for (int seed = 0; seed < GRAPHS; seed++) {
            Dag dag = dag(new Random(seed), policy, true);
            NodeStatus[] ends = ends(dag, new Random(seed));
            Walk whole = new Walk(dag, new Random(seed), ends).toTheEnd();
            Walk left = new Walk(dag, new Random(seed), ends);
            while (!left.progress.isOver()) {
                left.restore();
                left.step();
            }
            left.checkEnd();
            assertThat(left.statuses()).as("seed %d", seed).isEqualTo(whole.statuses());
            assertThat(left.progress.tally()).isEqualTo(whole.progress.tally());
            assertThat(left.order).isEqualTo(whole.order);
        }
    }

    @Test
    void what_is_more_important_starts_first_and_else_the_graphs_order_holds() {
        Dag dag = new Dag(
                "",
                FailPolicy.SKIP_DOWNSTREAM,
                1,
                Map.of(),
                List.of(
                        node("a", "Normal"),
                        node("b", "Low"),
                        node("c", "Critical"),
                        node("d", "Normal"),
                        node("e", "High")));
        Walk walk = new Walk(dag, new Random(1), allSucceed(dag)).toTheEnd();
        assertThat(walk.order).containsExactly(2, 4, 0, 3, 1);
    }

    @Test
    void a_node_is_told_to_have_ended_twice_and_the_first_time_counts() {
        Dag dag = graph(2, 1, i -> i == 0 ? List.of() : List.of(0));
        DagProgress progress = new DagProgress(dag);
        assertThat(progress.next().start()).containsExactly(0);
        progress.end(0, NodeStatus.SUCCESS);
        progress.end(0, NodeStatus.FAILED);
        assertThat(progress.next().start()).containsExactly(1);
        assertThat(progress.tally()).isEqualTo(new DagProgress.Tally(1, 0, 0));
    }

    static List<Dag> largest() {
        int size = Dag.MAX_NODES;
        List<Integer> all = IntStream.range(1, size).boxed().toList();
        return List.of(
                graph(size, 4, i -> i == 0 ? List.of() : List.of(i - 1)),
                graph(size, 4, i -> i == size - 1 ? List.of() : List.of(i + 1)),
                graph(size, size, i -> i == 0 ? List.of() : List.of(0)),
                graph(size, 4, i -> i == 0 ? all : List.of()),
                graph(size, size, i -> List.of()));
    }

    @ParameterizedTest
    @MethodSource("largest")
    void the_largest_graphs_take_less_than_a_second_of_work(Dag dag) {
        var threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        DagProgress progress = new DagProgress(dag);
        List<Integer> running = new ArrayList<>();
        while (!progress.isOver()) {
            running.addAll(progress.next().start());
            running.forEach(node -> progress.end(node, NodeStatus.SUCCESS));
            running.clear();
        }
        DagProgress failing = new DagProgress(dag);
        while (!failing.isOver()) {
            failing.next().start().forEach(node -> failing.end(node, NodeStatus.FAILED));
        }
        assertThat(Duration.ofNanos(threads.getCurrentThreadCpuTime() - before)).isLessThan(Duration.ofSeconds(1));
        assertThat(progress.outcome()).isEqualTo(RunStatus.SUCCESS);
    }

    /** Walks through a run, ending one of the running nodes at a time, and looks at every step. */
    private static final class Walk {
        final Dag dag;
        final Random random;
        final NodeStatus[] ends;
        final boolean[] ready;
        final boolean[] skipped;
        final List<Integer> running = new ArrayList<>();
        final List<Integer> order = new ArrayList<>();
        DagProgress progress;

        Walk(Dag dag, Random random, NodeStatus[] ends) {
            this.dag = dag;
            this.random = random;
            this.ends = ends;
            this.ready = new boolean[dag.size()];
            this.skipped = new boolean[dag.size()];
            this.progress = new DagProgress(dag);
        }

        Walk toTheEnd() {
            while (!progress.isOver()) {
                step();
            }
            return this;
        }

        DagProgress.Step step() {
            DagProgress.Step step = progress.next();
            for (int node : step.ready()) {
                assertThat(ready[node]).as("told twice").isFalse();
                ready[node] = true;
                assertThat(dag.node(node).deps())
                        .allMatch(dep -> progress.status(dep).isFinal());
            }
            for (DagProgress.Skip skip : step.skipped()) {
                assertThat(progress.status(skip.node())).isEqualTo(NodeStatus.SKIPPED);
                assertThat(order).doesNotContain(skip.node());
                assertThat(skipped[skip.node()]).as("told twice").isFalse();
                skipped[skip.node()] = true;
            }
            for (int node : step.start()) {
                assertThat(ready[node]).as("starts when it is ready").isTrue();
                assertThat(order).doesNotContain(node);
                order.add(node);
                running.add(node);
            }
            assertThat(running).hasSizeLessThanOrEqualTo(dag.maxParallel());
            if (!running.isEmpty()) {
                int node = running.remove(random.nextInt(running.size()));
                progress.end(node, ends[node]);
            } else {
                assertThat(progress.isOver()).as("somebody is waited for").isTrue();
            }
            return step;
        }

        /** As after a crash: all that is known is what was told before. */
        void restore() {
            List<NodeState> states = new ArrayList<>();
            for (int i = 0; i < dag.size(); i++) {
                NodeStatus status = progress.status(i);
                boolean untold = status == NodeStatus.SKIPPED && !skipped[i];
                states.add(new NodeState(untold ? NodeStatus.PENDING : status, ready[i]));
            }
            progress = new DagProgress(dag, states, false);
        }

        List<NodeStatus> statuses() {
            return IntStream.range(0, dag.size()).mapToObj(progress::status).toList();
        }

        void checkEnd() {
            assertThat(statuses()).allMatch(NodeStatus::isFinal);
            DagProgress.Tally tally = progress.tally();
            assertThat(tally.success() + tally.failed() + tally.skipped()).isEqualTo(dag.size());
            assertThat(tally.skipped()).isEqualTo(dag.size() - order.size());
            for (int node : order) {
                assertThat(progress.status(node)).isEqualTo(ends[node]);
            }
        }
    }

    /** What becomes of every node, said without any order of events. */
    private static NodeStatus[] meant(Dag dag, NodeStatus[] ends) {
        NodeStatus[] meant = new NodeStatus[dag.size()];
        while (Arrays.asList(meant).contains(null)) {
            for (int i = 0; i < meant.length; i++) {
                List<NodeStatus> deps = new ArrayList<>();
                dag.node(i).deps().forEach(dep -> deps.add(meant[dep]));
                if (!deps.contains(null)) {
                    boolean runs =
                            switch (dag.node(i).runIf()) {
                                case SUCCESS -> deps.stream().allMatch(dep -> dep == NodeStatus.SUCCESS);
                                case FAILED -> deps.stream().anyMatch(NodeStatus::isFailure);
                                case ALWAYS -> true;
                            };
                    meant[i] = runs ? ends[i] : NodeStatus.SKIPPED;
                }
            }
        }
        return meant;
    }

    private static NodeStatus[] ends(Dag dag, Random random) {
        NodeStatus[] ends = new NodeStatus[dag.size()];
        Arrays.setAll(ends, i -> ENDS[random.nextInt(ENDS.length)]);
        return ends;
    }

    private static NodeStatus[] allSucceed(Dag dag) {
        NodeStatus[] ends = new NodeStatus[dag.size()];
        Arrays.fill(ends, NodeStatus.SUCCESS);
        return ends;
    }

    /** Dependencies go to earlier and to later positions, never round. */
    private static Dag dag(Random random, FailPolicy policy, boolean conditions) {
        int size = 1 + random.nextInt(25);
        List<Integer> ranks = new ArrayList<>(IntStream.range(0, size).boxed().toList());
        Collections.shuffle(ranks, random);
        double density = random.nextDouble() * 0.4;
        List<DagNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            List<Integer> deps = new ArrayList<>();
            for (int j = 0; j < size; j++) {
                if (ranks.get(j) < ranks.get(i) && random.nextDouble() < density) {
                    deps.add(j);
                }
            }
            RunIf runIf = conditions ? CONDITIONS.get(random.nextInt(CONDITIONS.size())) : RunIf.SUCCESS;
            nodes.add(new DagNode(task("n" + i, "Normal"), runIf, deps));
        }
        return new Dag("", policy, 1 + random.nextInt(4), Map.of(), nodes);
    }

    private static Dag graph(int size, int parallel, IntFunction<List<Integer>> deps) {
        List<DagNode> nodes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            nodes.add(new DagNode(task("n" + i, "Normal"), RunIf.SUCCESS, deps.apply(i)));
        }
        return new Dag("", FailPolicy.SKIP_DOWNSTREAM, parallel, Map.of(), nodes);
    }

    private static DagNode node(String id, String priority) {
        return new DagNode(task(id, priority), RunIf.SUCCESS, List.of());
    }

    private static TaskConfig task(String id, String priority) {
        return TaskConfig.from(Map.of("id", id, "priority", priority));
    }
}
