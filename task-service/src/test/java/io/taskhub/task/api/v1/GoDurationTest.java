package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GoDurationTest {

    @ParameterizedTest
    @CsvSource({
        "30s,PT30S",
        "5m,PT5M",
        "1h30m,PT1H30M",
        "500ms,PT0.5S",
        "1.5h,PT1H30M",
        "0,PT0S",
        "0s,PT0S",
        "+5m,PT5M",
        "1ns,PT0.000000001S",
        "1us,PT0.000001S",
        "1\u00b5s,PT0.000001S",
        "1\u03bcs,PT0.000001S",
        ".5s,PT0.5S",
        "1.s,PT1S",
        "1h1m1s1ms1us1ns,PT1H1M1.001001001S",
        "30m1h,PT1H30M",
        "0.3333333333333333333h,PT19M59.999999999S",
        "2562047h47m16.854775807s,PT2562047H47M16.854775807S",
        "1.0000000009s,PT1S",
        "007m,PT7M"
    })
    void what_go_reads_is_read(String text, Duration duration) {
        assertThat(GoDuration.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "3",
                "-1s",
                "s",
                ".s",
                ".",
                "1",
                "1d",
                "1 s",
                " 1s",
                "1s ",
                "1e3s",
                "h1",
                "1h-5m",
                "1hh",
                "+",
                "1,5h",
                "2562047h47m16.854775808s",
                "99999999999999999999h",
                "5M",
                "PT5M",
                "never",
                "\u0661s"
            })
    void what_go_refuses_is_refused_and_so_is_less_than_nothing(String text) {
        assertThat(GoDuration.parse(text)).isEmpty();
    }

    @Test
    void a_megabyte_of_digits_is_refused_at_once() {
        assertThat(GoDuration.parse("9".repeat(1 << 20) + "s")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S,0s",
        "PT30S,30s",
        "PT5M,5m0s",
        "PT30M,30m0s",
        "PT1H30M,1h30m0s",
        "PT0.5S,500ms",
        "PT1.5S,1.5s",
        "PT1H,1h0m0s",
        "PT0.0000015S,1.5\u00b5s",
        "PT0.000000007S,7ns",
        "PT100H,100h0m0s",
        "PT1H0.001S,1h0m0.001s",
        "PT1M10S,1m10s"
    })
    void it_is_written_as_go_prints_it(Duration duration, String text) {
        assertThat(GoDuration.format(duration)).isEqualTo(text);
    }

    @Test
    void what_is_written_reads_back() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            Duration duration = Duration.ofNanos(random.nextLong(1L << (1 + random.nextInt(62))));
            assertThat(GoDuration.parse(GoDuration.format(duration))).contains(duration);
        }
    }
}
