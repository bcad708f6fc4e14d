package io.taskhub.realtime.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CommandLimitTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private final CommandLimit limit = new CommandLimit();

    @Test
    void the_31st_command_within_10_seconds_is_refused() {
        for (int i = 0; i < 30; i++) {
            assertThat(limit.allows(i * SECOND / 10)).isTrue();
        }
        assertThat(limit.allows(10 * SECOND - 1)).isFalse();
    }

    @Test
    void the_window_slides() {
        for (int i = 0; i < 300; i++) {
            assertThat(limit.allows(i * SECOND / 3)).as("command %d", i).isTrue();
        }
        assertThat(limit.allows(300 * SECOND / 3 - SECOND / 4)).isFalse();
    }
}
