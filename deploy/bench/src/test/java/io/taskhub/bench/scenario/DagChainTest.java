package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.taskhub.bench.load.Latencies;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DagChainTest {

    @Test
    void a_hop_is_from_one_start_to_the_next() {
        long[] starts = {1_000, 1_004, 1_006, 1_030};
        Latencies hops = DagChain.hops(starts);
        assertThat(hops.count()).isEqualTo(3);
        assertThat(hops.millis(50)).isCloseTo(4, within(0.01));
        assertThat(hops.millis(100)).isCloseTo(24, within(0.1));
        assertThat(DagChain.mean(starts)).isEqualTo(10);
    }

    @Test
    void a_run_of_which_nothing_started_has_none() {
        assertThat(DagChain.hops(new long[0]).count()).isZero();
        assertThat(DagChain.mean(new long[0])).isNaN();
    }
}
