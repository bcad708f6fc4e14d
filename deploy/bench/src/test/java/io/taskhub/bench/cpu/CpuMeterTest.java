package io.taskhub.bench.cpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CpuMeterTest {
    private static final long SELF = 900;

    @TempDir
    private Path dir;

    private CpuMeter meter;

    @BeforeEach
    void a_launcher_a_service_below_it_and_this_process() throws IOException {
        Files.writeString(dir.resolve("pids"), "launcher 10\ntask-service 20\n");
        process(10, 1, 100);
        process(20, 10, 200);
        process(SELF, 1, 50);
        machine(1_000, 5_000);
        meter = new CpuMeter(dir, dir.resolve("pids"), SELF);
    }

    @Test
    void use_is_told_by_name_in_microseconds_and_the_generator_apart() throws IOException {
        CpuReading before = meter.read();
        process(10, 1, 101);
        process(20, 10, 230);
        process(SELF, 1, 57);
        machine(1_058, 5_042);
        CpuUse use = before.until(meter.read());
        assertThat(use.byProcess()).isEqualTo(Map.of("launcher", 10_000L, "task-service", 300_000L));
        assertThat(use.suite()).isEqualTo(310_000);
        assertThat(use.generator()).isEqualTo(70_000);
        assertThat(use.others()).isEqualTo(0.2);
        assertThat(use.changes()).isEmpty();
    }

    @Test
    void a_service_that_was_started_again_is_counted_and_told() throws IOException {
        CpuReading before = meter.read();
        Files.writeString(dir.resolve("pids"), "launcher 10\ntask-service 21\n");
        process(21, 10, 30);
        CpuUse use = before.until(meter.read());
        assertThat(use.byProcess()).containsEntry("task-service", 300_000L);
        assertThat(use.changes())
                .containsExactlyInAnyOrder(
                        "task-service (pid 21) started", "task-service (pid 20) ended, its CPU is not counted");
    }

    @Test
    void replicas_of_one_name_are_summed() throws IOException {
        Files.writeString(dir.resolve("pids"), "task-service 20\ntask-service 21\nhalf a li");
        process(21, 10, 0);
        CpuReading before = meter.read();
        process(20, 10, 201);
        process(21, 10, 2);
        assertThat(before.until(meter.read()).byProcess()).isEqualTo(Map.of("task-service", 30_000L));
    }

    @Test
    void one_process_under_two_names_is_counted_once() throws IOException {
        Files.writeString(dir.resolve("pids"), "launcher 10\nkafka 10\n");
        CpuReading before = meter.read();
        process(10, 1, 104);
        assertThat(before.until(meter.read()).byProcess()).isEqualTo(Map.of("launcher+kafka", 40_000L));
        assertThat(meter.watched()).isEqualTo("launcher+kafka (pid 10)");
    }

    @Test
    void a_missing_list_says_what_is_wrong() {
        CpuMeter lost = new CpuMeter(dir, dir.resolve("nothing"), SELF);
        assertThatThrownBy(lost::read)
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("data directory of a running suite");
    }

    private void process(long pid, long parent, long ticks) throws IOException {
        Path entry = Files.createDirectories(dir.resolve(Long.toString(pid)));
        Files.writeString(
                entry.resolve("stat"), pid + " (x) S " + parent + " 0 0 0 -1 0 0 0 0 0 " + ticks + " 0 0 0 20 0 1 0");
    }

    /** Ticks of the machine, busy and idle. */
    private void machine(long busy, long idle) throws IOException {
        Files.writeString(dir.resolve("stat"), "cpu  " + busy + " 0 0 " + idle + " 0 0 0 0 7 0\ncpu0 1 2 3\n");
    }
}
