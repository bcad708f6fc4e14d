package io.taskhub.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ScheduleTest {

    @Test
    void requests_are_due_at_even_distances_from_the_start() {
        Schedule schedule = Schedule.of(200, Duration.ofSeconds(20));
        assertThat(schedule.count()).isEqualTo(4_000);
        assertThat(schedule.dueNanos(0)).isZero();
        assertThat(schedule.dueNanos(1)).isEqualTo(5_000_000);
        assertThat(schedule.dueNanos(3_999)).isEqualTo(19_995_000_000L);
    }

    @Test
    void a_distance_that_is_no_whole_number_does_not_drift() {
        Schedule schedule = Schedule.of(3, Duration.ofSeconds(100));
        assertThat(schedule.dueNanos(299)).isEqualTo(99_666_666_666L);
        assertThat(schedule.length()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void nothing_to_do_is_refused() {
        assertThatThrownBy(() -> new Schedule(0, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Schedule.of(100, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
