package io.taskhub.bench.scenario;

import io.taskhub.bench.load.CronJobs;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Latencies;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Jobs that are all due at the same minute, the next real one: how long after it the history of each says that its task was
 * created.
 */
final class CronLateness extends Scenario {
    private static final int CONNECTIONS = 8;
    private static final int JOBS_PER_SECOND = 100;
    private static final Duration AHEAD = Duration.ofSeconds(1);

    /** Nothing is asked meanwhile, so that nothing but the fires is under way. */
    private static final Duration UNDISTURBED = Duration.ofSeconds(1);

    private static final int MOST_RUNS = 2;
    private static final DateTimeFormatter ONCE_A_DAY =
            DateTimeFormatter.ofPattern("m H * * *", Locale.ROOT).withZone(ZoneOffset.UTC);

    CronLateness(Aim aim) {
        super("cron", "ms at most", aim);
    }

    /** Each takes a minute, and measures every job. */
    @Override
    public int runs(int wanted) {
        return Math.min(wanted, MOST_RUNS);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        int count = stage.sizes().jobs();
        Instant minute = minute(Instant.now(), count);
        List<Fire> fires;
        try (GatewayClient client = stage.connect(CONNECTIONS);
                CronJobs jobs = new CronJobs(stage.vertx(), client, trial.wrong())) {
            jobs.create(count, ONCE_A_DAY.format(minute), trial.queue());
            if (Instant.now().isAfter(minute.minus(AHEAD))) {
                throw new IllegalStateException("creating " + count + " jobs took until they were due");
            }
            sleepUntil(minute.minus(AHEAD));
            trial.measure(() -> {
                sleepUntil(minute.plus(UNDISTURBED));
                trial.drain(jobs.ids().size());
                return minute;
            });
            fires = fires(jobs, minute, trial);
        }
        return result(stage, trial, minute, fires);
    }

    /** @param task that it started */
    record Fire(String task, long lateMillis) {}

    private static Run result(Stage stage, Trial trial, Instant minute, List<Fire> fires) throws InterruptedException {
        Latencies late = new Latencies();
        fires.forEach(fire -> late.add(TimeUnit.MILLISECONDS.toMicros(fire.lateMillis())));
        Latencies toStart = new Latencies();
        List<String> tasks = fires.stream().map(Fire::task).toList();
        for (StartTimes.Task task : new StartTimes(stage).of(tasks, trial.wrong())) {
            toStart.add(StartTimes.micros(minute, task.started()));
        }
        return trial.result(
                late.millis(100),
                late,
                fires.size(),
                "latencies are from the minute to the fire's record that its task is created",
                toStart.told("from the minute to the task's start"));
    }

    private static List<Fire> fires(CronJobs jobs, Instant minute, Trial trial) throws InterruptedException {
        List<Fire> fires = new ArrayList<>();
        List<@Nullable JsonObject> histories = new Inquiry("GET fires", jobs::fires, trial.wrong()).of(jobs.ids());
        for (JsonObject history : histories) {
            List<Fire> created = history == null ? List.of() : created(history, minute);
            trial.wrong().add("jobs that fired twice", created.size() - 1);
            trial.wrong().add("jobs that did not fire", 1 - created.size());
            fires.addAll(created);
        }
        return fires;
    }

    /** The fires of that minute that started something. */
    static List<Fire> created(JsonObject history, Instant minute) {
        return history.getJsonArray("fires").stream()
                .map(JsonObject.class::cast)
                .filter(fire -> fire.getLong("scheduled_ms") == minute.toEpochMilli())
                .filter(fire -> "created".equals(fire.getString("state")))
                .map(fire ->
                        new Fire(fire.getString("started_id"), fire.getLong("fired_ms") - fire.getLong("scheduled_ms")))
                .toList();
    }

    /** The next one that leaves time to create the jobs. */
    static Instant minute(Instant now, int jobs) {
        return now.plus(AHEAD)
                .plusSeconds(1 + jobs / JOBS_PER_SECOND)
                .truncatedTo(ChronoUnit.MINUTES)
                .plus(1, ChronoUnit.MINUTES);
    }

    private static void sleepUntil(Instant time) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(Math.max(0, ChronoUnit.MILLIS.between(Instant.now(), time)));
    }
}
