package io.taskhub.bench.report;

import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.Latencies;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One run of one scenario.
 *
 * @param headline the rate, or what else the scenario is about, in its unit
 * @param latencies null when it has none
 * @param units what the CPU is divided by: tasks, records, seconds
 * @param failures requests, tasks and records that went wrong, by how
 * @param notes what else to know, in words
 */
public record Run(
        double headline,
        @Nullable Latencies latencies,
        long units,
        CpuUse cpu,
        Map<String, Long> failures,
        List<String> notes) {

    /** Milliseconds; not a number when there are none. */
    double millis(double percent) {
        return latencies == null ? Double.NaN : latencies.millis(percent);
    }

    /** Microseconds per unit, all processes of the suite. */
    double suiteCpu() {
        return perUnit(cpu.suite());
    }

    /** Microseconds per unit, the load generator. */
    double generatorCpu() {
        return perUnit(cpu.generator());
    }

    double perUnit(long micros) {
        return units == 0 ? Double.NaN : micros / (double) units;
    }
}
