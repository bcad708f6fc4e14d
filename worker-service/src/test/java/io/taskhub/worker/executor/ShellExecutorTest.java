package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.taskhub.contracts.Report.Outcome;
import io.taskhub.worker.executor.Heard.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ShellExecutorTest {
    @TempDir
    Path directory;

    private ShellExecutor shell = new ShellExecutor(Path.of("unused"), new OrphanGuard());

    @BeforeEach
    void executor() {
        shell = new ShellExecutor(directory.resolve("work"), new OrphanGuard());
    }

    private TestRun run(String command) {
        return TestRun.shell(shell, command);
    }

    private static boolean alive(String pid) {
        return ProcessHandle.of(Long.parseLong(pid.strip()))
                .map(ProcessHandle::isAlive)
                .orElse(false);
    }

    @Test
    void stdout_goes_to_the_log_at_info_and_stderr_at_warn() {
        TestRun run = run("echo out; echo err >&2");
        assertThat(run.ended()).isEqualTo(Ended.success());
        assertThat(run.stdout()).isEqualTo("out\n");
        assertThat(run.stderr()).isEqualTo("err\n");
        assertThat(run.heard().lines()).containsExactlyInAnyOrder(new Line(1, 1, "out"), new Line(2, 2, "err"));
    }

    @Test
    void a_line_is_heard_while_the_command_still_runs() throws IOException {
        Path go = directory.resolve("go");
        TestRun run = run("echo one; while [ ! -e " + go + " ]; do sleep 0.02; done; printf two");
        await().untilAsserted(() -> assertThat(run.heard().messages()).containsExactly("one"));
        Files.createFile(go);
        assertThat(run.stdout()).isEqualTo("one\ntwo");
        assertThat(run.heard().messages()).containsExactly("one", "two");
    }

    @Test
    void the_exit_code_is_the_process_s_own() {
        TestRun run = run("exit 7");
        assertThat(run.ended()).isEqualTo(new Ended(Outcome.FAILED, true, 7, "exit code 7", null));
    }

    @Test
    void a_process_that_a_signal_killed_ends_with_128_plus_the_signal() {
        assertThat(run("kill -9 $$").ended().exitCode()).isEqualTo(137);
    }

    @Test
    void nothing_of_the_service_s_environment_reaches_the_task() {
        List<String> names =
                run("env").stdout().lines().map(line -> line.split("=", 2)[0]).toList();
        assertThat(names)
                .contains("PATH", "HOME", "LANG", "TASKHUB_TASK_ID", "TASKHUB_ATTEMPT")
                .isSubsetOf(
                        "PATH", "HOME", "LANG", "TASKHUB_TASK_ID", "TASKHUB_ATTEMPT", "PWD", "OLDPWD", "SHLVL", "_");
        assertThat(run("echo $TASKHUB_TASK_ID $TASKHUB_ATTEMPT").stdout()).isEqualTo("42 3\n");
    }

    @Test
    void stdin_is_empty() {
        assertThat(run("cat; echo end").stdout()).isEqualTo("end\n");
    }

    @Test
    void the_working_directory_is_fresh_and_gone_afterwards() throws IOException {
        String home = run("pwd; touch a; mkdir -p b/c; ln -s / d; [ \"$HOME\" = \"$PWD\" ] || exit 1")
                .stdout()
                .strip();
        assertThat(Path.of(home)).startsWithRaw(directory).doesNotExist();
        try (Stream<Path> left = Files.list(directory.resolve("work"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void a_cancel_kills_the_whole_process_tree() {
        TestRun run = run("sleep 300 & echo $!; setsid sleep 301 & echo $!; wait");
        await().untilAsserted(() -> assertThat(run.heard().messages()).hasSize(2));
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(run.ended().exitCode()).isEqualTo(-1);
        await().untilAsserted(() -> assertThat(run.heard().messages()).noneMatch(ShellExecutorTest::alive));
    }

    @Test
    void a_process_that_ignores_sigterm_is_killed_two_seconds_later() {
        TestRun run = run("trap '' TERM; echo up; while :; do sleep 0.1; done");
        await().untilAsserted(() -> assertThat(run.heard().messages()).contains("up"));
        long asked = System.nanoTime();
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
        assertThat(Duration.ofNanos(System.nanoTime() - asked))
                .isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(6));
    }

    @Test
    void a_process_that_cleans_up_on_sigterm_may() {
        TestRun run = run("trap 'echo bye; exit 0' TERM; echo up; while :; do sleep 0.05; done");
        await().untilAsserted(() -> assertThat(run.heard().messages()).contains("up"));
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.stdout()).isEqualTo("up\nbye\n");
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void a_timeout_says_after_how_many_seconds() {
        TestRun run = TestRun.start(shell, "{\"cmd\":\"echo begun; sleep 300\"}", 1_500);
        assertThat(run.ended())
                .isEqualTo(new Ended(Outcome.TIMED_OUT, true, -1, "Task timeout after 1.5 seconds", null));
        assertThat(run.stdout()).isEqualTo("begun\n");
    }

    @Test
    void a_child_left_in_the_background_neither_holds_up_the_task_nor_outlives_it() {
        long begun = System.nanoTime();
        TestRun run = run("sleep 300 & echo $!");
        assertThat(run.ended()).isEqualTo(Ended.success());
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(3));
        await().untilAsserted(() -> assertThat(alive(run.stdout())).isFalse());
    }

    @Test
    void a_child_that_escaped_its_group_and_holds_the_pipes_does_not_hold_up_the_task() {
        TestRun run = run("setsid sleep 300 & echo $!");
        assertThat(run.ended()).isEqualTo(Ended.success());
        ProcessHandle.of(Long.parseLong(run.stdout().strip())).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void output_beyond_a_mebibyte_is_cut_and_said_to_be() {
        TestRun run = run("head -c 3000000 /dev/zero | tr '\\0' x");
        assertThat(run.stdout()).hasSize(1 << 20);
        assertThat(run.execution().cut()).isTrue();
        assertThat(run.heard().messages()).allMatch(line -> line.length() <= 64 << 10);
        assertThat(run.heard().messages().stream().mapToLong(String::length).sum())
                .isEqualTo(3_000_000);
    }

    @Test
    void invalid_utf_8_and_nul_are_replaced() {
        assertThat(run("printf 'a\\377b\\000c\\n'").stdout()).isEqualTo("a\uFFFDb\uFFFDc\n");
    }

    @Test
    void no_command_is_a_failure_that_no_retry_can_mend() {
        assertThat(TestRun.start(shell, "{}").ended()).isEqualTo(Ended.hopeless("missing cmd in params"));
    }
}
