package io.taskhub.bench.scenario;

import io.taskhub.bench.load.Await;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * One task's log to many readers: WebSocket sessions through the gateway subscribe a shell task that then prints about 100
 * lines a second. Counted are records delivered and lost; the latency is from the record's own time (in whole milliseconds) to
 * its arrival here.
 */
final class FanOut extends Scenario {
    private static final Duration GATHERING = Duration.ofMinutes(2);
    private static final Duration LONGEST_TAIL = Duration.ofSeconds(20);
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final Duration MOMENT = Duration.ofSeconds(10);
    private static final double NANOS = 1e9;

    FanOut(Aim aim) {
        super("fanout", "records/s", aim);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        int lines = stage.sizes().lines();
        int subscribers = stage.sizes().subscribers();
        stage.steering().pause(trial.queue());
        String task = stage.steering().create(printing(trial.queue(), lines));
        Crowd crowd = new Crowd(stage.vertx(), stage.origin(), stage.token(), task, subscribers);
        try {
            Await.result("gathering the subscribers", crowd.gather(), GATHERING);
            Crowd.Seen seen = trial.measure(() -> {
                stage.steering().resume(trial.queue());
                trial.drain(1);
                return awaitTail(crowd, lines);
            });
            long lost = (long) subscribers * lines - seen.delivered();
            trial.wrong().add("records lost", lost);
            trial.wrong().add("records repeated", seen.repeated());
            trial.wrong().addAll(seen.wrong());
            return trial.result(
                    seen.nanos() == 0 ? 0 : seen.delivered() * NANOS / seen.nanos(),
                    seen.latencies(),
                    seen.delivered(),
                    "latencies are from the record's time to its arrival; CPU columns are µs per delivered record",
                    String.format(
                            Locale.ROOT,
                            "%,d sessions subscribed; %,d records delivered, %,d lost",
                            seen.members(),
                            seen.delivered(),
                            lost));
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
