package io.taskhub.bench.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class LogFrameTest {
    private static final String LOG =
            "{\"type\":\"log\",\"task_id\":\"7\",\"seq\":12,\"ts_ms\":1795170000123,\"level\":1,\"message\":\"line 12\",\"fields\":{}}";

    @Test
    void the_numbers_of_a_log_message_are_found() {
        assertThat(LogFrame.isLog(LOG)).isTrue();
        assertThat(LogFrame.seq(LOG)).hasValue(12);
        assertThat(LogFrame.epochMillis(LOG)).hasValue(1795170000123L);
    }

    @Test
    void other_messages_have_none() {
        assertThat(LogFrame.isLog("{\"type\":\"pong\"}")).isFalse();
        assertThat(LogFrame.seq("{\"type\":\"pong\"}")).isEmpty();
        assertThat(LogFrame.seq("{\"seq\":null}")).isEmpty();
    }
}
