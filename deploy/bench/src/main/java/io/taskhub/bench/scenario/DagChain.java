package io.taskhub.bench.scenario;

import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.load.Workflow;
import io.taskhub.bench.load.Workflows;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import java.time.Duration;
import java.util.Locale;

/** A workflow whose nodes each wait for the one before: how long from the start of one to the start of the next. */
final class DagChain extends Scenario {
    /** Seldom: the hops are told by the nodes, and looking would disturb them. */
    private static final Duration GLANCE = Duration.ofMillis(250);

    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final int WARMING = 50;
    private static final double NANOS_PER_MILLI = 1e6;

    DagChain(Aim aim) {
        super("dag-chain", "ms/hop", aim);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        int nodes = stage.sizes().nodes();
        Workflows.Ended ended;
        long[] starts;
        try (GatewayClient client = stage.connect(1)) {
            Workflows workflows = new Workflows(client, GLANCE);
            workflows.run(Workflow.chain(trial.queue(), WARMING), LONGEST).judge(trial.wrong());
            ended = trial.measure(() -> workflows.run(Workflow.chain(trial.queue(), nodes), LONGEST));
            starts = workflows.starts(ended.run());
        }
        ended.judge(trial.wrong());
        trial.drain(WARMING + (long) nodes);
        return trial.result(
                mean(starts),
                hops(starts),
                nodes,
                "latencies are from a node's start to the next one's, in whole ms",
                String.format(
                        Locale.ROOT, "seen by the client %.1f ms a node", ended.nanos() / NANOS_PER_MILLI / nodes));
    }

    /** @param starts epoch milliseconds, ascending */
    static Latencies hops(long[] starts) {
        Latencies hops = new Latencies();
        for (int n = 1; n < starts.length; n++) {
            hops.add((starts[n] - starts[n - 1]) * 1000);
        }
        return hops;
    }

    /** Milliseconds from one start to the next; not a number when there are not two. */
    static double mean(long[] starts) {
        return starts.length < 2 ? Double.NaN : (starts[starts.length - 1] - starts[0]) / (double) (starts.length - 1);
    }
}
