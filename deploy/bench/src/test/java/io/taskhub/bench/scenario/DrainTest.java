package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Steering.Sight;
import io.taskhub.bench.load.Tally;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DrainTest {

    @Test
    void the_middle_rate_leaves_out_the_first_and_last_tenth() {
        List<Sight> sights =
                List.of(sight(0, 0), sight(500, 100), sight(1_000, 500), sight(1_300, 900), sight(3_000, 1_000));
        assertThat(Drain.middle(sights, 1_000)).isEqualTo("between 10 % and 90 %: 1,000 tasks/s");
    }

    @Test
    void one_sight_has_no_middle() {
        assertThat(Drain.middle(List.of(sight(50, 1_000)), 1_000)).startsWith("too short");
    }

    @Test
    void what_is_not_completed_is_a_failure() {
        Tally wrong = new Tally();
        Trial.judge(new QueueStats(3, 1, 90, 6), 100, wrong);
        assertThat(wrong.counts())
                .containsEntry("tasks archived", 6L)
                .containsEntry("tasks not ended", 4L)
                .hasSize(2);
    }

    private static Sight sight(long millis, long completed) {
        return new Sight(millis * 1_000_000, new QueueStats(0, 0, completed, 0));
    }
}
