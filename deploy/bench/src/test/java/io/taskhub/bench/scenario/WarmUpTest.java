package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WarmUpTest {

    @Test
    void it_goes_on_while_tasks_get_cheaper() {
        assertThat(WarmUp.settled(List.of())).isFalse();
        assertThat(WarmUp.settled(List.of(900.0, 890.0))).isFalse();
        assertThat(WarmUp.settled(List.of(900.0, 600.0, 590.0))).isFalse();
        assertThat(WarmUp.settled(List.of(900.0, 890.0, 600.0))).isFalse();
    }

    @Test
    void two_rounds_that_save_little_end_it() {
        assertThat(WarmUp.settled(List.of(900.0, 300.0, 280.0, 290.0))).isTrue();
    }
}
