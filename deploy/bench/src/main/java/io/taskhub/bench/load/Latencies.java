package io.taskhub.bench.load;

import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** Durations from 1 µs to 10 minutes, three digits exact. Written by one thread. */
public final class Latencies {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(10);

    private final Histogram micros = new Histogram(LONGEST, 3);

    /** Shorter or longer ones count as the shortest or longest that there is. */
    public void add(long durationMicros) {
        micros.recordValue(Math.clamp(durationMicros, 1, LONGEST));
    }

    public long count() {
        return micros.getTotalCount();
    }

    /** Milliseconds that {@code percent} of all durations do not exceed; not a number when there are none. */
    public double millis(double percent) {
        return count() == 0 ? Double.NaN : micros.getValueAtPercentile(percent) / 1000.0;
    }

    /** {@code what: p50 1.0, p99 2.0, max 3.0 ms}. */
    public String told(String what) {
        return String.format(
                Locale.ROOT, "%s: p50 %.1f, p99 %.1f, max %.1f ms", what, millis(50), millis(99), millis(100));
    }
}
