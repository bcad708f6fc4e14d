package io.taskhub.bench.load;

import java.util.Map;

/**
 * What became of the requests of one loop.
 *
 * @param accepted answered with 2xx and found in order
 * @param failures all others, by what was wrong
 * @param latencies of the accepted ones; in an open loop from the moment the schedule wanted them sent
 * @param elapsedNanos from the first request to the last answer
 */
public record Outcome(long accepted, Map<String, Long> failures, Latencies latencies, long elapsedNanos) {
    private static final double NANOS = 1e9;

    /** Accepted requests a second. */
    public double rate() {
        return elapsedNanos == 0 ? 0 : accepted * NANOS / elapsedNanos;
    }
}
