package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * {@code POST /api/v1/tasks}, one task a call, closed loop, into a paused queue: the cost of taking a task in, without
 * running it.
 */
final class CreateSingles implements Scenario {
    private final int connections;
    private final Aim aim;

    CreateSingles(int connections, Aim aim) {
        this.connections = connections;
        this.aim = aim;
    }

    @Override
    public String name() {
        return "create-" + connections;
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
        stage.steering().pause(queue);
        Outcome outcome;
        CpuUse cpu;
        try (GatewayClient client = stage.connect(connections)) {
            CpuReading before = stage.cpu().read();
            outcome = ClosedLoop.run(
                    stage.vertx(),
                    connections,
                    new ClosedLoop.Limit(
                            stage.sizes().mostCreates(), stage.sizes().creating()),
                    () -> client.post("/api/v1/tasks", body),
                    Reply::complaint);
            cpu = before.until(stage.cpu().read());
        }
        stage.steering().resume(queue);
        Tally wrong = new Tally();
        wrong.addAll(outcome.failures());
        stage.drain(queue, outcome.accepted(), wrong);
        return new Run(outcome.rate(), outcome.latencies(), outcome.accepted(), cpu, wrong.counts(), List.of());
    }
}
