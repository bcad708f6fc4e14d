package io.taskhub.bench.scenario;

import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** Mixed load before anything is measured: compilers, caches and pools are not what the scenarios are about. */
public final class WarmUp {
    private static final int CONNECTIONS = 32;
    private static final int MOST = 200_000;
    private static final int BATCHED = 5_000;

    private final Stage stage;

    public WarmUp(Stage stage) {
        this.stage = stage;
    }

    /** What failed meanwhile; empty when all is well. */
    public Map<String, Long> run() throws InterruptedException {
        String queue = stage.newQueue("warm-up");
        Buffer body = NoopTask.single(queue);
        Tally wrong = new Tally();
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            Outcome outcome = ClosedLoop.run(
                    stage.vertx(),
                    CONNECTIONS,
                    new ClosedLoop.Limit(MOST, stage.sizes().warmUp()),
                    () -> client.post("/api/v1/tasks", body),
                    Reply::complaint);
            stage.steering().createNoops(queue, BATCHED);
            wrong.addAll(outcome.failures());
            stage.drain(queue, outcome.accepted() + BATCHED, wrong);
        }
        return wrong.counts();
    }
}
