package io.taskhub.bench.report;

import java.util.function.Predicate;

/**
 * What a scenario should reach on two cores (issue 2 §6, issue 3 §4); judged by the medians.
 *
 * @param text as people read it; empty = none
 */
public record Aim(String text, Predicate<Row> met) {
    public static final Aim NONE = new Aim("", _ -> true);

    public static Aim headlineAtLeast(double least, String text) {
        return new Aim(text, row -> row.headline().median() >= least);
    }

    public static Aim headlineAtMost(double most, String text) {
        return new Aim(text, row -> row.headline().median() <= most);
    }

    /** Milliseconds. */
    public static Aim latency(double p50, double p99, String text) {
        return new Aim(
                text, row -> row.millis(50).median() <= p50 && row.millis(99).median() <= p99);
    }

    public static Aim nothingFailed(String text) {
        return new Aim(text, row -> row.failed() == 0);
    }

    /** Microseconds per unit. */
    public Aim andCpuAtMost(double micros) {
        return new Aim(text, met.and(row -> row.suiteCpu().median() <= micros));
    }

    String judged(Row row) {
        if (text.isEmpty()) {
            return "";
        }
        return text + (met.test(row) ? ": met" : ": missed");
    }
}
