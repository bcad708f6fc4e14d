package io.taskhub.bench.report;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** Median, least and greatest of some runs; all not-a-number when there are none. */
record Spread(double median, double least, double greatest) {

    static Spread of(DoubleStream values) {
        double[] sorted = values.filter(v -> !Double.isNaN(v)).sorted().toArray();
        if (sorted.length == 0) {
            return new Spread(Double.NaN, Double.NaN, Double.NaN);
        }
        int middle = sorted.length / 2;
        double median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElseThrow());
    }

    boolean known() {
        return !Double.isNaN(median);
    }
}
