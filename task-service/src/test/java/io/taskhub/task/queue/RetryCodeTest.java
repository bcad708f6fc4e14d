package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.task.RetryPolicy;
import java.time.Duration;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetryCodeTest {
    private static final RandomGenerator ZERO = () -> 0L;

    @Test
    void a_policy_is_read_as_it_was_written() {
        for (RetryPolicy policy : new RetryPolicy[] {
            new RetryPolicy.Quartic(),
            RetryPolicy.Exponential.DOUBLING_SECONDS,
            new RetryPolicy.Exponential(Duration.ofMillis(150), 1.5, Duration.ofMinutes(3), 0.2)
        }) {
            assertThat(RetryCode.read(RetryCode.write(policy))).isEqualTo(policy);
        }
    }

    @Test
    void doubling_waits_1_2_4_seconds() {
        assertThat(IntStream.rangeClosed(1, 3).mapToObj(n -> RetryPolicy.Exponential.DOUBLING_SECONDS.delay(n, ZERO)))
                .containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void quartic_waits_n_to_the_fourth_and_15_seconds() {
        assertThat(new RetryPolicy.Quartic().delay(2, ZERO)).isEqualTo(Duration.ofSeconds(31));
    }
}
