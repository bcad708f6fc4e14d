package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Locale;

/**
 * The whole way at full speed: 64 connections create noop tasks one by one while workers run them. The rate is of tasks
 * completed within the window; the CPU is of window and drain together, over all tasks, so that no work is left out.
 */
final class Sustained implements Scenario {
    private static final int CONNECTIONS = 64;
    private static final int MOST = 1_000_000;
    private static final double NANOS = 1e9;

    private final Aim aim;

    Sustained(Aim aim) {
        this.aim = aim;
    }

    @Override
    public String name() {
        return "sustained";
    }

    @Override
    public String unit() {
        return "tasks/s";
    }

    @Override
    public Aim aim() {
        return aim;
    }

    @Override
    public Run run(Stage stage) throws InterruptedException {
        String queue = stage.newQueue(name());
        Buffer body = NoopTask.single(queue);
        Tally wrong = new Tally();
        Outcome outcome;
        QueueStats atEnd;
        long windowNanos;
        CpuUse cpu;
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            CpuReading before = stage.cpu().read();
            long begin = System.nanoTime();
            outcome = ClosedLoop.run(
                    stage.vertx(),
                    CONNECTIONS,
                    new ClosedLoop.Limit(MOST, stage.sizes().steady()),
                    () -> client.post("/api/v1/tasks", body),
                    Reply::complaint);
            atEnd = stage.steering().stats(queue);
            windowNanos = System.nanoTime() - begin;
            stage.drain(queue, outcome.accepted(), wrong);
            cpu = before.until(stage.cpu().read());
        }
        wrong.addAll(outcome.failures());
        return new Run(
                atEnd.completed() * NANOS / windowNanos,
                outcome.latencies(),
                outcome.accepted(),
                cpu,
                wrong.counts(),
                List.of(
                        "latencies are of the create call",
                        String.format(
                                Locale.ROOT,
                                "created %,.0f/s; %,d still to run at the window's end",
                                outcome.rate(),
                                outcome.accepted() - atEnd.ended())));
    }
}
