package io.taskhub.bench.scenario;

import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;

/** One kind of load and what is measured of it. */
public abstract class Scenario {
    private final String name;
    private final String unit;
    private final Aim aim;

    /**
     * @param name as in {@code --only}
     * @param unit of {@link Run#headline()}, as in "8,000 tasks/s"
     */
    Scenario(String name, String unit, Aim aim) {
        this.name = name;
        this.unit = unit;
        this.aim = aim;
    }

    public final String name() {
        return name;
    }

    public final String unit() {
        return unit;
    }

    public final Aim aim() {
        return aim;
    }

    /** How often it is worth running when so many runs are wanted. */
    public int runs(int wanted) {
        return wanted;
    }

    /** Once. It leaves no work behind. */
    public final Run run(Stage stage) throws InterruptedException {
        return run(stage, new Trial(stage, name));
    }

    /** @param trial this run's own queue, and what is noted of the run */
    abstract Run run(Stage stage, Trial trial) throws InterruptedException;
}
