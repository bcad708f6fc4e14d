package io.taskhub.bench.cpu;

import java.util.List;
import java.util.Map;

/**
 * CPU used during a phase, in microseconds.
 *
 * @param byProcess by the name in {@code DATA/pids}
 * @param generator the load generator's own, in none of the sums
 * @param others what other programs took of the machine, 0 to 1
 * @param changes processes that came or went meanwhile, in words; empty in a sound measurement
 */
public record CpuUse(Map<String, Long> byProcess, long generator, double others, List<String> changes) {

    public long suite() {
        return byProcess.values().stream().mapToLong(Long::longValue).sum();
    }
}
