package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What the suite costs when nobody wants anything: CPU of all its processes, in percent of one core. */
final class Idle implements Scenario {
    private static final long MICROS_PER_PERCENT_SECOND = 10_000;
    private static final int SETTLE_SECONDS = 3;

    private final Aim aim;

    Idle(Aim aim) {
        this.aim = aim;
    }

    @Override
    public String name() {
        return "idle";
    }

    @Override
    public String unit() {
        return "% of a core";
    }

    @Override
    public Aim aim() {
        return aim;
    }

    @Override
    public Run run(Stage stage) throws InterruptedException {
        TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
        long seconds = stage.sizes().idle().toSeconds();
        CpuReading before = stage.cpu().read();
        TimeUnit.SECONDS.sleep(seconds);
        CpuUse cpu = before.until(stage.cpu().read());
        double percent = cpu.suite() / (double) (seconds * MICROS_PER_PERCENT_SECOND);
        return new Run(percent, null, seconds, cpu, Map.of(), List.of("CPU columns are µs per second"));
    }
}
