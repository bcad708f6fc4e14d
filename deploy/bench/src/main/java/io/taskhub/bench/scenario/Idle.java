package io.taskhub.bench.scenario;

import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import java.util.concurrent.TimeUnit;

/** What the suite costs when nobody wants anything: CPU of all its processes, in percent of one core. */
final class Idle extends Scenario {
    private static final double MICROS_PER_PERCENT_SECOND = 10_000;
    private static final int SETTLE_SECONDS = 3;

    Idle(Aim aim) {
        super("idle", "% of a core", aim);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long seconds = trial.measure(() -> {
            long nothing = stage.sizes().idle().toSeconds();
            TimeUnit.SECONDS.sleep(nothing);
            return nothing;
        });
        double percent = trial.cpuMicros() / (seconds * MICROS_PER_PERCENT_SECOND);
        return trial.result(percent, null, seconds, "CPU columns are µs per second");
    }
}
