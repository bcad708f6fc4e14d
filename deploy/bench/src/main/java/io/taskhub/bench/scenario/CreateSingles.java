package io.taskhub.bench.scenario;

import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;

/** {@code POST /api/v1/tasks}, one task a call, on so many connections. */
final class CreateSingles extends Scenario {
    private final int connections;

    CreateSingles(int connections, Aim aim) {
        super("create-" + connections, "tasks/s", aim);
        this.connections = connections;
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        Buffer body = NoopTask.single(trial.queue());
        Outcome outcome = new Intake(connections, 1, client -> client.post("/api/v1/tasks", body), Reply::complaint)
                .run(stage, trial);
        return trial.result(outcome.rate(), outcome.latencies(), outcome.accepted());
    }
}
