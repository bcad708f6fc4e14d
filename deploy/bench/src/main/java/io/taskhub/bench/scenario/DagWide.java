package io.taskhub.bench.scenario;

import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Workflow;
import io.taskhub.bench.load.Workflows;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Workflows whose nodes wait for nothing, one after the other, the first of them unmeasured. The rate is the client's: from the
 * request until the run's end is seen.
 */
final class DagWide extends Scenario {
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e3;

    DagWide(Aim aim) {
        super("dag-wide", "nodes/s", aim);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        int nodes = stage.sizes().nodes();
        int runs = stage.sizes().wideRuns();
        Buffer graph = Workflow.wide(trial.queue(), nodes);
        List<Workflows.Ended> ended = new ArrayList<>();
        try (GatewayClient client = stage.connect(1)) {
            Workflows workflows = new Workflows(client, GLANCE);
            workflows.run(graph, LONGEST).judge(trial.wrong());
            trial.measure(() -> {
                for (int i = 0; i < runs; i++) {
                    ended.add(workflows.run(graph, LONGEST));
                }
                return ended;
            });
        }
        ended.forEach(run -> run.judge(trial.wrong()));
        trial.drain((runs + 1L) * nodes);
        long measured = (long) runs * nodes;
        double seconds = ended.stream().mapToLong(Workflows.Ended::nanos).sum() / NANOS;
        double engineSeconds =
                ended.stream().mapToLong(Workflows.Ended::engineMillis).sum() / MILLIS;
        return trial.result(
                measured / seconds,
                null,
                measured,
                String.format(
                        Locale.ROOT,
                        "%d runs of %,d nodes; by their own start and end %,.0f nodes/s",
                        runs,
                        nodes,
                        measured / engineSeconds));
    }
}
