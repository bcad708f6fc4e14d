package io.taskhub.bench.scenario;

import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.util.Locale;

/**
 * The whole way at full speed: 64 connections create noop tasks one by one while workers run them. The rate is of tasks
 * completed within the window; the CPU is of window and drain together, over all tasks, so that no work is left out.
 */
final class Sustained extends Scenario {
    private static final int CONNECTIONS = 64;
    private static final int MOST = 1_000_000;
    private static final double NANOS = 1e9;

    Sustained(Aim aim) {
        super("sustained", "tasks/s", aim);
    }

    /** @param atEnd of the window, which lasted {@code nanos} */
    private record Window(Outcome created, QueueStats atEnd, long nanos) {}

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        Window window = trial.measure(() -> {
            Window open = window(stage, trial.queue());
            trial.drain(open.created().accepted());
            return open;
        });
        Outcome created = window.created();
        trial.wrong().addAll(created.failures());
        return trial.result(
                window.atEnd().completed() * NANOS / window.nanos(),
                created.latencies(),
                created.accepted(),
                "latencies are of the create call",
                String.format(
                        Locale.ROOT,
                        "created %,.0f/s; %,d still to run at the window's end",
                        created.rate(),
                        created.accepted() - window.atEnd().ended()));
    }

    private static Window window(Stage stage, String queue) throws InterruptedException {
        Buffer body = NoopTask.single(queue);
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            long begin = System.nanoTime();
            Outcome created = ClosedLoop.run(
                    stage.vertx(),
                    CONNECTIONS,
                    new ClosedLoop.Limit(MOST, stage.sizes().steady()),
                    () -> client.post("/api/v1/tasks", body),
                    Reply::complaint);
            QueueStats atEnd = stage.steering().stats(queue);
            return new Window(created, atEnd, System.nanoTime() - begin);
        }
    }
}
