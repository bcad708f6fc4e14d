package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LatenciesTest {

    @Test
    void percentiles_are_in_milliseconds() {
        Latencies latencies = new Latencies();
        for (int i = 1; i <= 1_000; i++) {
            latencies.add(i * 1_000L);
        }
        assertThat(latencies.millis(50)).isCloseTo(500, within(1.0));
        assertThat(latencies.millis(99)).isCloseTo(990, within(1.0));
    }

    @Test
    void none_have_no_percentile_and_odd_ones_are_clamped() {
        Latencies latencies = new Latencies();
        assertThat(latencies.millis(50)).isNaN();
        latencies.add(-5);
        latencies.add(Long.MAX_VALUE);
        assertThat(latencies.count()).isEqualTo(2);
    }
}
