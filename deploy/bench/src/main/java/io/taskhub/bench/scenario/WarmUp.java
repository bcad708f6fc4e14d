package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.CronJobs;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.load.Workflow;
import io.taskhub.bench.load.Workflows;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A little of every load before anything is measured, in rounds until a task no longer gets cheaper: seven JVMs compile on the same
 * cores as the load, and what they spend on that at first is many times what a task costs later.
 */
public final class WarmUp {
    private static final Duration SINGLES = Duration.ofSeconds(3);
    private static final Duration GLANCE = Duration.ofMillis(20);
    private static final Duration LONGEST_RUN = Duration.ofSeconds(20);
    private static final int CONNECTIONS = 32;
    private static final int MOST = 100_000;
    private static final int BATCHED = 2_500;
    private static final int WIDE = 500;
    private static final int CHAIN = 50;
    private static final int CRON_JOBS = 100;
    private static final String EVERY_MINUTE = "* * * * *";

    /** Compilers work in bursts: so many rounds in a row must bring next to nothing. */
    private static final int CALM_ROUNDS = 4;

    private static final int LEAST_ROUNDS = 10;
    private static final double SAVING = 0.05;

    private final Stage stage;
    private final Tally wrong = new Tally();

    public WarmUp(Stage stage) {
        this.stage = stage;
    }

    /**
     * @param perTask CPU microseconds of the suite per task, a round each
     * @param failures what went wrong meanwhile; empty when all is well
     */
    public record Result(List<Double> perTask, Map<String, Long> failures) {}

    public Result run() throws InterruptedException {
        List<Double> perTask = new ArrayList<>();
        long end = System.nanoTime() + stage.sizes().longestWarmUp().toNanos();
        try (GatewayClient client = stage.connect(CONNECTIONS);
                CronJobs jobs = new CronJobs(stage.vertx(), client, wrong)) {
            jobs.create(CRON_JOBS, EVERY_MINUTE, stage.newQueue("warm-up"));
            while (System.nanoTime() < end && !settled(perTask)) {
                perTask.add(round(client));
            }
        }
        return new Result(perTask, wrong.counts());
    }

    private double round(GatewayClient client) throws InterruptedException {
        Trial trial = new Trial(stage, "warm-up");
        Buffer body = NoopTask.single(trial.queue());
        CpuReading before = stage.cpu().read();
        Outcome singles = ClosedLoop.run(
                stage.vertx(),
                CONNECTIONS,
                new ClosedLoop.Limit(MOST, SINGLES),
                () -> client.post("/api/v1/tasks", body),
                Reply::complaint);
        stage.steering().createNoops(trial.queue(), BATCHED);
        long nodes =
                nodes(client, Workflow.wide(trial.queue(), WIDE)) + nodes(client, Workflow.chain(trial.queue(), CHAIN));
        long tasks = singles.accepted() + BATCHED + nodes;
        trial.drain(tasks);
        wrong.addAll(singles.failures());
        wrong.addAll(trial.wrong().counts());
        return before.until(stage.cpu().read()).suite() / (double) tasks;
    }

    /** A suite that cannot run workflows yet can be measured otherwise: its scenarios tell. */
    private long nodes(GatewayClient client, Buffer graph) throws InterruptedException {
        try {
            Workflows.Ended ended = new Workflows(client, GLANCE).run(graph, LONGEST_RUN);
            ended.judge(wrong);
            return ended.nodes();
        } catch (IllegalStateException e) {
            wrong.add(String.valueOf(e.getMessage()));
            return 0;
        }
    }

    /** The last rounds were hardly cheaper than the cheapest before. */
    static boolean settled(List<Double> perTask) {
        int calm = perTask.size() - CALM_ROUNDS;
        return perTask.size() >= LEAST_ROUNDS
                && Collections.min(perTask.subList(calm, perTask.size()))
                        > Collections.min(perTask.subList(0, calm)) * (1 - SAVING);
    }
}
