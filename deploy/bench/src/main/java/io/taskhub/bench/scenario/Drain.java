package io.taskhub.bench.scenario;

import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Steering.Sight;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * How fast the workers empty a queue: noop tasks made while it was paused, from its resuming until the queue's counts say that
 * all have ended (looked at every 50 ms).
 */
final class Drain extends Scenario {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final double NANOS = 1e9;

    Drain(Aim aim) {
        super("drain", "tasks/s", aim);
    }

    /** @param resumed how long resuming took, before the first sight */
    private record Emptied(long resumed, List<Sight> sights) {}

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        int tasks = stage.sizes().drain();
        stage.steering().pause(trial.queue());
        stage.steering().createNoops(trial.queue(), tasks);
        Emptied emptied = trial.measure(() -> {
            long begin = System.nanoTime();
            stage.steering().resume(trial.queue());
            long resumed = System.nanoTime() - begin;
            return new Emptied(resumed, stage.steering().watchUntilEnded(trial.queue(), tasks, LONGEST));
        });
        Sight last = emptied.sights().getLast();
        QueueStats end = last.stats();
        Trial.judge(end, tasks, trial.wrong());
        double rate = end.ended() * NANOS / (emptied.resumed() + last.nanos());
        return trial.result(rate, null, end.ended(), middle(emptied.sights(), tasks));
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
