package io.taskhub.task;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before the next attempt. Pure: chance comes in as an argument. */
public sealed interface RetryPolicy {

    /** @param failures counted failed attempts so far, at least 1 */
    Duration delay(int failures, RandomGenerator random);

    /** {@code initial · multiplier^(failures−1)}, at most {@code max}, then ± {@code jitter} (0 to 1) of it. */
    record Exponential(Duration initial, double multiplier, Duration max, double jitter) implements RetryPolicy {
        /** TaskHub: 1, 2, 4 … seconds. */
        public static final Exponential DOUBLING_SECONDS =
                new Exponential(Duration.ofSeconds(1), 2, Duration.ofHours(24), 0);

        @Override
        public Duration delay(int failures, RandomGenerator random) {
            double millis =
                    Math.min(initial.toMillis() * Math.pow(multiplier, failures - 1.0), (double) max.toMillis());
            double spread = jitter == 0 ? 0 : millis * jitter * (2 * random.nextDouble() - 1);
            return Duration.ofMillis(Math.max(0, Math.round(millis + spread)));
        }
    }

    /** Tasks v1: n⁴ + 15 s and up to 30·n s of jitter (decisions §4). */
    record Quartic() implements RetryPolicy {
        private static final int MAX_FAILURES = 40;

        @Override
        public Duration delay(int failures, RandomGenerator random) {
            long n = Math.min(failures, MAX_FAILURES);
            return Duration.ofSeconds(n * n * n * n + 15).plusMillis(random.nextLong(30_000 * n));
        }
    }
}
