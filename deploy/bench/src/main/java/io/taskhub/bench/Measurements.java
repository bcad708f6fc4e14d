package io.taskhub.bench;

import io.taskhub.bench.report.Report;
import io.taskhub.bench.report.Row;
import io.taskhub.bench.report.Run;
import io.taskhub.bench.scenario.Scenario;
import io.taskhub.bench.scenario.Stage;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs scenarios one after the other, each several times. One that breaks is told in the report, the others go on. */
final class Measurements {
    private final Stage stage;
    private final int runs;
    private final PrintStream progress;

    Measurements(Stage stage, int runs, PrintStream progress) {
        this.stage = stage;
        this.runs = runs;
        this.progress = progress;
    }

    Report of(List<Scenario> scenarios) throws InterruptedException {
        List<Row> rows = new ArrayList<>();
        List<String> unmeasured = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            List<Run> done = new ArrayList<>();
            for (int i = 1; i <= scenario.runs(runs); i++) {
                try {
                    Run run = scenario.run(stage);
                    done.add(run);
                    tell(scenario, i, run);
                } catch (IllegalStateException e) {
                    String what = scenario.name() + ", run " + i + ": " + e.getMessage();
                    unmeasured.add(what);
                    progress.println(what);
                }
            }
            if (!done.isEmpty()) {
                rows.add(new Row(scenario.name(), scenario.unit(), scenario.aim(), done));
            }
        }
        return new Report(rows, unmeasured);
    }

    private void tell(Scenario scenario, int number, Run run) {
        progress.printf(
                Locale.ROOT,
                "%-13s run %d: %,.1f %s%s%n",
                scenario.name(),
                number,
                run.headline(),
                scenario.unit(),
                run.failures().isEmpty() ? "" : ", failed: " + run.failures());
    }
}
