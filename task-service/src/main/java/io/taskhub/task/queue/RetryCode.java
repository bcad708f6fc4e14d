package io.taskhub.task.queue;

import io.taskhub.task.RetryPolicy;
import java.time.Duration;

/** A retry policy as the few characters that a row keeps of it: {@code q}, {@code d}, or {@code e:initial:multiplier:max:jitter} in ms. */
final class RetryCode {
    private static final String QUARTIC = "q";
    private static final String DOUBLING = "d";

    private RetryCode() {}

    static String write(RetryPolicy policy) {
        return switch (policy) {
            case RetryPolicy.Quartic ignored -> QUARTIC;
            case RetryPolicy.Exponential e when e.equals(RetryPolicy.Exponential.DOUBLING_SECONDS) -> DOUBLING;
            case RetryPolicy.Exponential e ->
                "e:" + e.initial().toMillis() + ":" + e.multiplier() + ":"
                        + e.max().toMillis() + ":" + e.jitter();
        };
    }

    static RetryPolicy read(String code) {
        return switch (code) {
            case QUARTIC -> new RetryPolicy.Quartic();
            case DOUBLING -> RetryPolicy.Exponential.DOUBLING_SECONDS;
            default -> exponential(code.split(":", -1));
        };
    }

    private static RetryPolicy exponential(String[] part) {
        return new RetryPolicy.Exponential(
                Duration.ofMillis(Long.parseLong(part[1])),
                Double.parseDouble(part[2]),
                Duration.ofMillis(Long.parseLong(part[3])),
                Double.parseDouble(part[4]));
    }
}
