package io.taskhub.bench.scenario;

import io.taskhub.bench.report.Aim;
import java.util.List;
import java.util.Set;

/** All of them, in the order they run: idle first, before the loads leave the database something to tidy. */
public final class Scenarios {
    private static final List<Scenario> ALL = List.of(
            new Idle(Aim.headlineAtMost(5, "≤ 5 % of a core")),
            new CreateSingles(1, Aim.NONE),
            new CreateSingles(16, Aim.NONE),
            new CreateSingles(64, Aim.headlineAtLeast(8_000, "≥ 8,000/s")),
            new CreateBatches(),
            new Drain(Aim.headlineAtLeast(15_000, "≥ 15,000/s")),
            new StartLatency(100, Aim.NONE),
            new StartLatency(200, Aim.latency(5, 15, "p50 ≤ 5, p99 ≤ 15 ms")),
            new Sustained(Aim.headlineAtLeast(6_000, "≥ 6,000/s at ≤ 280 µs").andCpuAtMost(280)),
            new DagWide(Aim.headlineAtLeast(1_000, "≥ 1,000/s")),
            new DagChain(Aim.headlineAtMost(10, "≤ 10 ms per hop")),
            new CronLateness(Aim.headlineAtMost(200, "all within 200 ms")),
            new FanOut(Aim.nothingFailed("nothing lost")));

    private Scenarios() {}

    public static List<String> names() {
        return ALL.stream().map(Scenario::name).toList();
    }

    /** @param only names; empty = all */
    public static List<Scenario> select(Set<String> only) {
        return ALL.stream()
                .filter(scenario -> only.isEmpty() || only.contains(scenario.name()))
                .toList();
    }
}
