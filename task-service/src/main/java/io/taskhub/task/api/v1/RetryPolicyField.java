package io.taskhub.task.api.v1;

import io.taskhub.task.RetryPolicy;
import java.time.Duration;

/** The additive {@code retry_policy}: {@code initial} and {@code max} as durations, {@code multiplier} 1 to 100, {@code jitter} 0 to 1. */
final class RetryPolicyField {
    private static final Duration DEFAULT_INITIAL = Duration.ofSeconds(1);
    private static final Duration DEFAULT_MAX = Duration.ofHours(24);
    private static final double DEFAULT_MULTIPLIER = 2;
    private static final double MAX_MULTIPLIER = 100;

    private RetryPolicyField() {}

    static RetryPolicy parse(Fields policy) {
        Duration initial = duration(policy, "initial", DEFAULT_INITIAL);
        Duration max = duration(policy, "max", DEFAULT_MAX.compareTo(initial) < 0 ? initial : DEFAULT_MAX);
        if (max.compareTo(initial) < 0) {
            throw V1Error.invalid("retry_policy.max must not be less than retry_policy.initial");
        }
        return new RetryPolicy.Exponential(
                initial,
                policy.number("multiplier", DEFAULT_MULTIPLIER, 1, MAX_MULTIPLIER),
                max,
                policy.number("jitter", 0, 0, 1));
    }

    private static Duration duration(Fields policy, String field, Duration absent) {
        String text = policy.text(field);
        return text == null
                ? absent
                : GoDuration.parse(text)
                        .orElseThrow(() -> V1Error.invalid("retry_policy." + field + " must be a duration such as 5s"));
    }
}
