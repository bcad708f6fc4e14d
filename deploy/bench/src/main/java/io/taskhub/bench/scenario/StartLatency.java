package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.OpenLoop;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Schedule;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How long a task waits for its start when the suite has time to spare: noop tasks created one by one on a fixed schedule, open
 * loop. The latency is from the moment the request was due to the engine's started event, by the one clock of the machine; all
 * tasks are asked for it afterwards.
 */
final class StartLatency implements Scenario {
    private static final int CONNECTIONS = 64;

    private final int perSecond;
    private final Aim aim;

    StartLatency(int perSecond, Aim aim) {
        this.perSecond = perSecond;
        this.aim = aim;
    }

    @Override
    public String name() {
        return "latency-" + perSecond;
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
        Schedule schedule = Schedule.of(perSecond, stage.sizes().steady());
        List<@Nullable String> ids = new ArrayList<>(Collections.nCopies(schedule.count(), null));
        OpenLoop loop;
        Outcome outcome;
        CpuUse cpu;
        Tally wrong = new Tally();
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            CpuReading before = stage.cpu().read();
            loop = new OpenLoop(
                    schedule,
                    _ -> client.post("/api/v1/tasks", body),
                    (reply, n) -> ids.set(n, reply.object().getString("task_id")));
            outcome = loop.run(stage.vertx());
            stage.drain(queue, outcome.accepted(), wrong);
            cpu = before.until(stage.cpu().read());
        }
        wrong.addAll(outcome.failures());
        Latencies toStart = new Latencies();
        Latencies inEngine = new Latencies();
        List<StartTimes.Task> times = new StartTimes(stage).of(ids, wrong);
        for (StartTimes.Task task : times) {
            Instant due = loop.due(task.n());
            toStart.add(StartTimes.micros(due, task.started()));
            inEngine.add(StartTimes.micros(task.created(), task.started()));
        }
        return new Run(
                outcome.rate(),
                toStart,
                outcome.accepted(),
                cpu,
                wrong.counts(),
                List.of(
                        "latencies are from the due request to the started event",
                        shown("of the request", outcome.latencies()),
                        shown("from created to started", inEngine)));
    }

    private static String shown(String what, Latencies latencies) {
        return String.format(
                Locale.ROOT,
                "%s: p50 %.1f, p99 %.1f, max %.1f ms",
                what,
                latencies.millis(50),
                latencies.millis(99),
                latencies.millis(100));
    }
}
