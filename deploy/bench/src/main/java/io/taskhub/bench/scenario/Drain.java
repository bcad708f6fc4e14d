package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Steering.Sight;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How fast the workers empty a queue: noop tasks made while it was paused, from its resuming until the queue's counts say that
 * all have ended (looked at every 50 ms).
 */
final class Drain implements Scenario {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final double NANOS = 1e9;

    private final Aim aim;

    Drain(Aim aim) {
        this.aim = aim;
    }

    @Override
    public String name() {
        return "drain";
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
        int tasks = stage.sizes().drain();
        stage.steering().pause(queue);
        stage.steering().createNoops(queue, tasks);
        CpuReading before = stage.cpu().read();
        long begin = System.nanoTime();
        stage.steering().resume(queue);
        long resumed = System.nanoTime() - begin;
        List<Sight> sights = stage.steering().watchUntilEnded(queue, tasks, LONGEST);
        CpuUse cpu = before.until(stage.cpu().read());
        Sight last = sights.getLast();
        QueueStats end = last.stats();
        Tally wrong = new Tally();
        Stage.judge(end, tasks, wrong);
        double rate = end.ended() * NANOS / (resumed + last.nanos());
        return new Run(rate, null, end.ended(), cpu, wrong.counts(), List.of(middle(sights, tasks)));
    }

    /** The rate between the tenth and the ninth tenth, free of start, end and the looking's grain. */
    static String middle(List<Sight> sights, long tasks) {
        Sight from = firstWith(sights, tasks / 10);
        Sight to = firstWith(sights, tasks * 9 / 10);
        long nanos = to.nanos() - from.nanos();
        long ended = to.stats().ended() - from.stats().ended();
        return nanos <= 0 || ended <= 0
                ? "too short to tell its middle's rate"
                : String.format(Locale.ROOT, "between 10 %% and 90 %%: %,.0f tasks/s", ended * NANOS / nanos);
    }

    private static Sight firstWith(List<Sight> sights, long ended) {
        return sights.stream()
                .filter(sight -> sight.stats().ended() >= ended)
                .findFirst()
                .orElse(sights.getLast());
    }
}
