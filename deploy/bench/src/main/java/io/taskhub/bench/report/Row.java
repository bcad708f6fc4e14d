package io.taskhub.bench.report;

import static java.util.stream.Collectors.joining;

import io.taskhub.bench.load.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * One scenario over its runs: medians, with their spread told beside.
 *
 * @param runs at least one
 */
public record Row(String scenario, String unit, Aim aim, List<Run> runs) {
    static final List<String> HEADER =
            List.of("scenario", "result", "p50 ms", "p95 ms", "p99 ms", "CPU µs", "generator µs", "failed", "aim");

    /** The share of the machine that other programs may take without spoiling a result: the kernel's own threads need some. */
    private static final double TOLERABLE = 0.08;

    Spread headline() {
        return Spread.of(runs.stream().mapToDouble(Run::headline));
    }

    Spread millis(double percent) {
        return Spread.of(runs.stream().mapToDouble(run -> run.millis(percent)));
    }

    Spread suiteCpu() {
        return Spread.of(runs.stream().mapToDouble(Run::suiteCpu));
    }

    private Spread generatorCpu() {
        return Spread.of(runs.stream().mapToDouble(Run::generatorCpu));
    }

    /** Everything that went wrong in any run. */
    private Map<String, Long> failures() {
        Tally all = new Tally();
        runs.forEach(run -> all.addAll(run.failures()));
        return new TreeMap<>(all.counts());
    }

    long failed() {
        return failures().values().stream().mapToLong(Long::longValue).sum();
    }

    List<String> cells() {
        return List.of(
                scenario,
                Numbers.of(headline().median()) + " " + unit,
                Numbers.of(millis(50).median()),
                Numbers.of(millis(95).median()),
                Numbers.of(millis(99).median()),
                Numbers.of(suiteCpu().median()),
                Numbers.of(generatorCpu().median()),
                Long.toString(failed()),
                aim.judged(this));
    }

    /** What does not fit into the table. */
    List<String> details() {
        List<String> lines = new ArrayList<>();
        if (runs.size() > 1) {
            lines.add("spread: " + spread());
        }
        lines.add("CPU µs by process: " + byProcess());
        lines.addAll(middle().notes());
        if (failed() > 0) {
            lines.add("failed: "
                    + failures().entrySet().stream()
                            .map(e -> e.getKey() + " ×" + e.getValue())
                            .collect(joining(", ")));
        }
        runs.forEach(run -> lines.addAll(run.cpu().changes()));
        double others =
                runs.stream().mapToDouble(run -> run.cpu().others()).max().orElse(0);
        if (others > TOLERABLE) {
            lines.add(String.format(
                    Locale.ROOT,
                    "NOT SOUND: other programs took up to %.0f %% of the machine meanwhile",
                    others * 100));
        }
        return lines;
    }

    private String spread() {
        String result = Numbers.range(headline()) + " " + unit + "; CPU " + Numbers.range(suiteCpu());
        return millis(50).known()
                ? result + "; p50 " + Numbers.range(millis(50)) + ", p99 " + Numbers.range(millis(99)) + " ms"
                : result;
    }

    /** Mean over the runs. */
    private String byProcess() {
        Map<String, Double> sums = new TreeMap<>();
        for (Run run : runs) {
            run.cpu().byProcess().forEach((name, micros) -> sums.merge(name, run.perUnit(micros), Double::sum));
        }
        return sums.entrySet().stream()
                .map(e -> e.getKey() + " " + Numbers.of(e.getValue() / runs.size()))
                .collect(joining(", "));
    }

    private Run middle() {
        return runs.stream()
                .sorted(Comparator.comparingDouble(Run::headline))
                .toList()
                .get(runs.size() / 2);
    }
}
