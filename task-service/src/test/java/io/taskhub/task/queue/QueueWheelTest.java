package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class QueueWheelTest {
    private final QueueWheel wheel = new QueueWheel();

    @Test
    void a_lone_queue_gets_everything() {
        assertThat(wheel.shares(List.of("low"), 50)).isEqualTo(Map.of("low", 50));
    }

    @Test
    void no_queue_nothing() {
        assertThat(wheel.shares(List.of(), 50)).isEmpty();
    }

    @Test
    void shares_follow_the_weights() {
        assertThat(wheel.shares(List.of("critical", "high", "default", "low", "mine"), 20))
                .isEqualTo(Map.of("critical", 10, "high", 5, "default", 3, "low", 1, "mine", 1));
    }

    @Test
    void taken_one_by_one_nobody_starves() {
        Map<String, Integer> taken = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            wheel.shares(List.of("critical", "high", "default", "low", "mine"), 1)
                    .forEach((queue, n) -> taken.merge(queue, n, Integer::sum));
        }
        assertThat(taken).isEqualTo(Map.of("critical", 10, "high", 5, "default", 3, "low", 1, "mine", 1));
    }
}
