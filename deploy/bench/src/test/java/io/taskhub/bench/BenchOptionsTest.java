package io.taskhub.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.bench.suite.AttachedSuite;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class BenchOptionsTest {

    @Test
    void without_options_everything_is_measured_three_times_on_a_suite_of_its_own() {
        assertThat(BenchOptions.parse(List.of())).isEqualTo(new BenchOptions(Set.of(), false, 3, null, false));
    }

    @Test
    void every_option_is_understood() {
        List<String> arguments = List.of(
                "--only", "drain,create-64", "--runs", "5", "--url", "http://localhost:8080", "--data", "/tmp/x");
        assertThat(BenchOptions.parse(arguments))
                .isEqualTo(new BenchOptions(
                        Set.of("drain", "create-64"),
                        false,
                        5,
                        new AttachedSuite(URI.create("http://localhost:8080"), Path.of("/tmp/x")),
                        false));
    }

    @Test
    void quick_is_one_run_unless_more_are_asked_for() {
        assertThat(BenchOptions.parse(List.of("--quick")).runs()).isEqualTo(1);
        assertThat(BenchOptions.parse(List.of("--quick", "--runs", "2")).runs()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://example.com:8080",
                "http://10.0.0.1:8080",
                "http://127.0.0.1.example.com",
                "http://localhost@example.com",
                "https://127.0.0.1",
                "file:///etc/passwd",
                "http://",
                "nonsense"
            })
    void only_this_machine_may_be_loaded(String url) {
        assertThatThrownBy(() -> BenchOptions.parse(List.of("--url", url, "--data", "/tmp/x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("--url " + url);
    }

    @ParameterizedTest
    @CsvSource({
        "--runs 0,       a number from 1 to 20",
        "--runs many,    a number from 1 to 20",
        "--runs,         needs a value",
        "--only,         needs a value",
        "--only create,  no scenario",
        "--data /tmp/x,  go together",
        "--fast,         unknown option"
    })
    void mistakes_are_told(String line, String message) {
        assertThatThrownBy(() -> BenchOptions.parse(List.of(line.split(" "))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }
}
