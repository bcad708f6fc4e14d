package io.taskhub.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProcStatTest {
    private static final String JAVA =
            "5695 (java) S 5684 5684 3209 0 -1 4194304 102 0 0 0 250 50 7 3 20 0 1 0 134664 3133440 375 18446744073709551615";

    @Test
    void own_time_is_user_and_system_and_reaped_time_that_of_ended_children() {
        assertThat(ProcStat.parse(JAVA)).isEqualTo(new ProcStat(5695, 5684, 300, 10));
    }

    @Test
    void a_command_with_spaces_and_parentheses_moves_no_field() {
        String postgres = "71 (postgres: a) (b) c) S 70 70 70 0 -1 4194304 1 0 0 0 4 5 0 0 20 0 1 0 9 9 9 9";
        assertThat(ProcStat.parse(postgres)).isEqualTo(new ProcStat(71, 70, 9, 0));
    }

    @Test
    void what_is_no_stat_line_is_refused() {
        assertThatThrownBy(() -> ProcStat.parse("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ProcStat.parse("1 (sh) S 0 0")).hasMessageContaining("cut short");
    }
}
