package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.Await;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One task's log to many readers: WebSocket sessions through the gateway subscribe a shell task that then prints about 100
 * lines a second. Counted are records delivered and lost; the latency is from the record's own time (in whole milliseconds) to
 * its arrival here.
 */
final class FanOut implements Scenario {
    private static final Duration GATHERING = Duration.ofMinutes(2);
    private static final Duration RUNNING = Duration.ofSeconds(60);
    private static final Duration LONGEST_TAIL = Duration.ofSeconds(20);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;

    private final Aim aim;

    FanOut(Aim aim) {
        this.aim = aim;
    }

    @Override
    public String name() {
        return "fanout";
    }

    @Override
    public String unit() {
        return "records/s";
    }

    @Override
    public Aim aim() {
        return aim;
    }

    @Override
    public Run run(Stage stage) throws InterruptedException {
        String queue = stage.newQueue(name());
        int lines = stage.sizes().lines();
        stage.steering().pause(queue);
        String task = stage.steering().create(printing(queue, lines));
        Crowd crowd = new Crowd(
                stage.vertx(),
                stage.origin(),
                stage.token(),
                task,
                stage.sizes().subscribers());
        try {
            Await.result("gathering the subscribers", crowd.gather(), GATHERING);
            CpuReading before = stage.cpu().read();
            Tally wrong = new Tally();
            stage.steering().resume(queue);
            Stage.judge(
                    stage.steering()
                            .watchUntilEnded(queue, 1, RUNNING)
                            .getLast()
                            .stats(),
                    1,
                    wrong);
            Crowd.Seen seen = awaitTail(crowd, lines);
            CpuUse cpu = before.until(stage.cpu().read());
            long lost = (long) stage.sizes().subscribers() * lines - seen.delivered();
            wrong.add("records lost", lost);
            wrong.add("records repeated", seen.repeated());
            wrong.addAll(seen.wrong());
            return new Run(
                    seen.nanos() == 0 ? 0 : seen.delivered() * NANOS / seen.nanos(),
                    seen.latencies(),
                    seen.delivered(),
                    cpu,
                    wrong.counts(),
                    List.of(
                            "latencies are from the record's time to its arrival; CPU columns are µs per delivered record",
                            String.format(
                                    Locale.ROOT,
                                    "%,d sessions subscribed; %,d records delivered, %,d lost",
                                    seen.members(),
                                    seen.delivered(),
                                    lost)));
        } finally {
            Await.result("leaving", crowd.leave(), MOMENT);
        }
    }

    private static JsonObject printing(String queue, int lines) {
        String command = "i=0; while [ $i -lt " + lines + " ]; do i=$((i+1)); echo \"line $i\"; sleep 0.009; done";
        return new JsonObject()
                .put("type", "shell")
                .put("queue", queue)
                .put("max_retries", 0)
                .put("payload", new JsonObject().put("command", command));
    }

    /** Until everything has arrived, or nothing does any more. */
    private static Crowd.Seen awaitTail(Crowd crowd, int lines) throws InterruptedException {
        long deadline = System.nanoTime() + LONGEST_TAIL.toNanos();
        while (true) {
            Crowd.Seen seen = Await.result("counting", crowd.seen(), MOMENT);
            boolean whole = seen.delivered() >= (long) seen.members() * lines;
            if (whole || seen.quietNanos() > QUIET_NANOS || System.nanoTime() > deadline) {
                return seen;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }
}
