package io.taskhub.bench.scenario;

import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.OpenLoop;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Schedule;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long a task waits for its start when the suite has time to spare: noop tasks created one by one on a fixed schedule, open
 * loop. The latency is from the moment the request was due to the engine's started event, by the one clock of the machine; all
 * tasks are asked for it afterwards.
 */
final class StartLatency extends Scenario {
    private static final int CONNECTIONS = 64;

    private final int perSecond;

    StartLatency(int perSecond, Aim aim) {
        super("latency-" + perSecond, "tasks/s", aim);
        this.perSecond = perSecond;
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        Buffer body = NoopTask.single(trial.queue());
        Schedule schedule = Schedule.of(perSecond, stage.sizes().steady());
        List<@Nullable String> ids = new ArrayList<>(Collections.nCopies(schedule.count(), null));
        OpenLoop loop;
        Outcome outcome;
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            loop = new OpenLoop(
                    schedule,
                    _ -> client.post("/api/v1/tasks", body),
                    (reply, n) -> ids.set(n, reply.object().getString("task_id")));
            outcome = trial.measure(() -> {
                Outcome sent = loop.run(stage.vertx());
                trial.drain(sent.accepted());
                return sent;
            });
        }
        trial.wrong().addAll(outcome.failures());
        Latencies toStart = new Latencies();
        Latencies inEngine = new Latencies();
        for (StartTimes.Task task : new StartTimes(stage).of(ids, trial.wrong())) {
            toStart.add(StartTimes.micros(loop.due(task.n()), task.started()));
            inEngine.add(StartTimes.micros(task.created(), task.started()));
        }
        return trial.result(
                outcome.rate(),
                toStart,
                outcome.accepted(),
                "latencies are from the due request to the started event",
                outcome.latencies().told("of the request"),
                inEngine.told("from created to started"));
    }
}
