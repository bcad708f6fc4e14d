package io.taskhub.bench.scenario;

import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;

/** One kind of load and what is measured of it. */
public interface Scenario {

    /** As in {@code --only}. */
    String name();

    /** Of {@link Run#headline()}, as in "8,000 tasks/s". */
    String unit();

    Aim aim();

    /** Once. It leaves no work behind. */
    Run run(Stage stage) throws InterruptedException;
}
