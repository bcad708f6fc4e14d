package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Mixed load before anything is measured, in rounds until a task no longer gets cheaper: five JVMs compile on the same cores as
 * the load, and what they spend on that at first is many times what a task costs later.
 */
public final class WarmUp {
    private static final Duration ROUND = Duration.ofSeconds(5);
    private static final int CONNECTIONS = 32;
    private static final int MOST = 100_000;
    private static final int BATCHED = 2_500;

    /** Two rounds in a row that save less than this: it has settled. */
    private static final double SAVING = 0.1;

    private final Stage stage;

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
        Tally wrong = new Tally();
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            while (perTask.size() < stage.sizes().warmUpRounds() && !settled(perTask)) {
                perTask.add(round(client, wrong));
            }
        }
        return new Result(perTask, wrong.counts());
    }

    private double round(GatewayClient client, Tally wrong) throws InterruptedException {
        String queue = stage.newQueue("warm-up");
        Buffer body = NoopTask.single(queue);
        CpuReading before = stage.cpu().read();
        Outcome outcome = ClosedLoop.run(
                stage.vertx(),
                CONNECTIONS,
                new ClosedLoop.Limit(MOST, ROUND),
                () -> client.post("/api/v1/tasks", body),
                Reply::complaint);
        stage.steering().createNoops(queue, BATCHED);
        wrong.addAll(outcome.failures());
        stage.drain(queue, outcome.accepted() + BATCHED, wrong);
        return before.until(stage.cpu().read()).suite() / (double) (outcome.accepted() + BATCHED);
    }

    static boolean settled(List<Double> perTask) {
        int n = perTask.size();
        return n >= 3
                && perTask.get(n - 1) > perTask.get(n - 2) * (1 - SAVING)
                && perTask.get(n - 2) > perTask.get(n - 3) * (1 - SAVING);
    }
}
