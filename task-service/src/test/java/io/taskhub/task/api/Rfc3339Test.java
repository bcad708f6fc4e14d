package io.taskhub.task.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class Rfc3339Test {

    @ParameterizedTest
    @CsvSource({
        "2024-01-15T10:00:00Z,2024-01-15T10:00:00Z",
        "2024-01-15t10:00:00z,2024-01-15T10:00:00Z",
        "2024-01-15T10:00:00.123456789Z,2024-01-15T10:00:00.123456789Z",
        "2024-01-15T12:00:00+02:00,2024-01-15T10:00:00Z",
        "2024-01-15T12:00:00 02:00,2024-01-15T10:00:00Z",
        "2024-01-15T09:30:00-00:30,2024-01-15T10:00:00Z"
    })
    void any_offset_is_read(String text, Instant time) {
        assertThat(Rfc3339.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "2024-01-15",
                "2024-01-15T10:00:00",
                "2024-01-15T10:00Z",
                "2024-13-15T10:00:00Z",
                "2024-01-15T25:00:00Z",
                "1705312800",
                "2024-01-15T10:00:00.Z",
                "2024-02-30T10:00:00Z"
            })
    void what_is_no_such_time_is_refused(String text) {
        assertThat(Rfc3339.parse(text)).isEmpty();
    }

    @Test
    void digits_are_those_the_contract_shows_even_when_they_are_zeros() {
        Instant time = Instant.parse("2026-01-29T12:00:00Z");
        assertThat(Rfc3339.millis(time)).isEqualTo("2026-01-29T12:00:00.000Z");
        assertThat(Rfc3339.micros(time)).isEqualTo("2026-01-29T12:00:00.000000Z");
        assertThat(Rfc3339.seconds(time.plusMillis(999))).isEqualTo("2026-01-29T12:00:00Z");
    }
}
