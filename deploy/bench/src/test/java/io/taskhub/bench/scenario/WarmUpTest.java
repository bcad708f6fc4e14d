package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WarmUpTest {

    @Test
    void it_goes_on_for_ten_rounds_at_least() {
        assertThat(WarmUp.settled(List.of())).isFalse();
        assertThat(WarmUp.settled(Collections.nCopies(9, 300.0))).isFalse();
        assertThat(WarmUp.settled(Collections.nCopies(10, 300.0))).isTrue();
    }

    @Test
    void it_goes_on_while_one_of_the_last_rounds_was_cheaper_than_all_before() {
        assertThat(WarmUp.settled(List.of(900.0, 600.0, 500.0, 400.0, 350.0, 320.0, 340.0, 330.0, 300.0, 310.0)))
                .isFalse();
        assertThat(WarmUp.settled(List.of(900.0, 600.0, 500.0, 400.0, 350.0, 320.0, 340.0, 330.0, 310.0, 320.0)))
                .isTrue();
    }
}
