package io.taskhub.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.Latencies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ReportTest {
    @TempDir
    private Path dir;

    @Test
    void the_table_shows_medians_and_the_lines_below_it_the_rest() {
        Row row = new Row(
                "create-64",
                "tasks/s",
                Aim.headlineAtLeast(8_000, "≥ 8,000/s"),
                List.of(
                        run(8_412, 2_000, Map.of()),
                        run(7_900, 3_000, Map.of("HTTP 429", 2L)),
                        run(9_100, 1_000, Map.of("HTTP 429", 1L))));
        assertThat(new Report(List.of(row), List.of("drain, run 1: no end after 120 s")).text())
                .isEqualTo("""
                        | scenario  |        result | p50 ms | p95 ms | p99 ms | CPU µs | generator µs | failed | aim            |
                        | --------- | ------------- | ------ | ------ | ------ | ------ | ------------ | ------ | -------------- |
                        | create-64 | 8,412 tasks/s |    2.0 |    2.0 |    2.0 |    250 |         20.0 |      3 | ≥ 8,000/s: met |

                        - create-64: spread: 7,900–9,100 tasks/s; CPU 250–250; p50 1.0–3.0, p99 1.0–3.0 ms
                        - create-64: CPU µs by process: postgres 100, task-service 150
                        - create-64: as it was
                        - create-64: failed: HTTP 429 ×3
                        - not measured: drain, run 1: no end after 120 s
                        """);
    }

    @Test
    void a_machine_that_was_busy_with_other_things_is_told() {
        Row row = new Row("drain", "tasks/s", Aim.NONE, List.of(run(9, 1, Map.of(), 0.02), run(9, 1, Map.of(), 0.617)));
        assertThat(row.details()).contains("NOT SOUND: other programs took up to 62 % of the machine meanwhile");
    }

    @Test
    void an_aim_can_be_missed_in_any_of_its_parts() {
        Run run = run(7_000, 2_000, Map.of("records lost", 1L));
        assertThat(judged(Aim.headlineAtLeast(6_000, "a").andCpuAtMost(280), run))
                .isEqualTo("a: met");
        assertThat(judged(Aim.headlineAtLeast(6_000, "a").andCpuAtMost(249), run))
                .isEqualTo("a: missed");
        assertThat(judged(Aim.headlineAtMost(5, "b"), run)).isEqualTo("b: missed");
        assertThat(judged(Aim.latency(5, 15, "c"), run)).isEqualTo("c: met");
        assertThat(judged(Aim.latency(5, 1.5, "c"), run)).isEqualTo("c: missed");
        assertThat(judged(Aim.nothingFailed("d"), run)).isEqualTo("d: missed");
        assertThat(judged(Aim.NONE, run)).isEmpty();
    }

    @Test
    void what_is_not_known_is_a_dash_and_meets_no_aim() {
        Run run = new Run(Double.NaN, null, 0, new CpuUse(Map.of(), 0, 0, List.of()), Map.of(), List.of());
        Row row = new Row("idle", "%", Aim.headlineAtMost(5, "≤ 5 %"), List.of(run));
        assertThat(row.cells()).containsExactly("idle", "– %", "–", "–", "–", "–", "–", "0", "≤ 5 %: missed");
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertThat(Spread.of(DoubleStream.of(4, 1, 3, 2))).isEqualTo(new Spread(2.5, 1, 4));
        assertThat(Spread.of(DoubleStream.of(Double.NaN)).known()).isFalse();
    }

    @Test
    void results_are_appended_and_never_rewritten() throws IOException {
        Path file = dir.resolve("RESULTS.md");
        ResultsFile results = new ResultsFile(file);
        Surroundings surroundings = new Surroundings("abc1234567 (dirty)", "2 cores, 23.5 GiB");
        Report report = new Report(List.of(), List.of());
        results.append(Instant.parse("2026-11-20T11:45:30Z"), surroundings, "3 runs", report);
        String first = Files.readString(file);
        results.append(Instant.parse("2026-11-20T12:00:00Z"), surroundings, "1 run, quick", report);
        assertThat(first)
                .startsWith("# What")
                .contains("## 2026-11-20 11:45 UTC · abc1234567 (dirty) · 2 cores, 23.5 GiB · 3 runs\n");
        assertThat(Files.readString(file)).startsWith(first).contains("## 2026-11-20 12:00 UTC");
    }

    @Test
    void memory_is_told_in_gibibytes() {
        assertThat(Surroundings.memory(List.of("MemTotal:       24683520 kB", "MemFree: 1 kB")))
                .isEqualTo("23.5 GiB");
        assertThat(Surroundings.memory(List.of())).isEqualTo("unknown memory");
    }

    private static String judged(Aim aim, Run run) {
        return aim.judged(new Row("x", "tasks/s", aim, List.of(run)));
    }

    private static Run run(double rate, long latencyMicros, Map<String, Long> failures) {
        return run(rate, latencyMicros, failures, 0.05);
    }

    private static Run run(double rate, long latencyMicros, Map<String, Long> failures, double others) {
        Latencies latencies = new Latencies();
        latencies.add(latencyMicros);
        CpuUse cpu = new CpuUse(Map.of("task-service", 150_000L, "postgres", 100_000L), 20_000, others, List.of());
        return new Run(rate, latencies, 1_000, cpu, failures, List.of("as it was"));
    }
}
