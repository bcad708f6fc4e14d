package io.taskhub.worker.executor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.taskhub.contracts.Report.Outcome;
import io.taskhub.worker.executor.Heard.Step;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuiltInExecutorsTest {
    @TempDir
    Path directory;

    private TestRun local(String payload) {
        return TestRun.start(
                new LocalExecutor(
                        new ShellExecutor(directory, new OrphanGuard()), new NoopExecutor(), new SleepExecutor()),
                payload);
    }

    @Test
    void demo_tells_each_step() {
        TestRun run = TestRun.start(new DemoExecutor(Duration.ofMillis(1)), "{\"message\":\"hi\",\"count\":3}");
        assertThat(run.ended()).isEqualTo(Ended.success());
        assertThat(run.heard().steps())
                .containsExactly(
                        new Step(33, "processing", "Step 1/3: hi"),
                        new Step(66, "processing", "Step 2/3: hi"),
                        new Step(100, "processing", "Step 3/3: hi"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"count\":0}", "{\"count\":\"many\"}", "{\"count\":1.5}", "[]"})
    void demo_refuses_what_is_no_count(String payload) {
        assertThat(TestRun.start(new DemoExecutor(), payload).ended()).satisfies(ended -> {
            assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ended.retryable()).isFalse();
        });
    }

    @Test
    void sleep_ends_early_when_it_is_cancelled() {
        TestRun run = TestRun.start(new SleepExecutor(), "{\"duration\":\"1h30m\"}");
        run.execution().stop(Execution.Stop.CANCELLED);
        assertThat(run.ended().outcome()).isEqualTo(Outcome.CANCELLED);
    }

    @Test
    void sleep_times_out() {
        TestRun run = TestRun.start(new SleepExecutor(), "{\"ms\":\"60000\"}", 2_000);
        assertThat(run.ended().message()).isEqualTo("Task timeout after 2 seconds");
    }

    @ParameterizedTest
    @CsvSource({"30s,30000", "5m,300000", "1h30m,5400000", "500ms,500", "1.5s,1500", "0,0", "2h0m1s,7201000"})
    void durations_are_written_as_in_go(String text, long ms) {
        assertThat(GoDuration.parse(text)).hasMillis(ms);
    }

    @ParameterizedTest
    @CsvSource({"5", "s", "-1s", "1d", "1s 2s", "99999999999h"})
    void what_is_no_duration_is_refused(String text) {
        assertThatExceptionOfType(InvalidPayloadException.class).isThrownBy(() -> GoDuration.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"math_add,1.5,2,3.5", "math_sub,1,3,-2", "math_mul,1000,1000,1000000", "math_div,10,4,2.5"})
    void math_writes_its_result(String handler, String a, String b, String result) {
        TestRun run = local("{\"handler\":\"" + handler + "\",\"params\":{\"a\":\"" + a + "\",\"b\":\"" + b + "\"}}");
        assertThat(run.stdout()).isEqualTo(result);
    }

    @Test
    void a_division_by_zero_fails() {
        assertThat(local("{\"handler\":\"math_div\",\"params\":{\"a\":1,\"b\":0}}")
                        .ended())
                .isEqualTo(Ended.hopeless("division by zero"));
    }

    @Test
    void echo_and_fail_do_what_their_names_say() {
        assertThat(local("{\"handler\":\"echo\",\"params\":{\"message\":\"hello\"}}")
                        .stdout())
                .isEqualTo("hello");
        assertThat(local("{\"handler\":\"fail\",\"params\":{\"message\":\"no\",\"exit_code\":\"4\"}}")
                        .ended())
                .isEqualTo(Ended.failed(4, "no"));
    }

    @Test
    void a_command_that_names_no_built_in_runs_in_the_shell() {
        assertThat(local("{\"handler\":\"expr 1 + 1\",\"command\":\"expr 1 + 1\"}")
                        .stdout())
                .isEqualTo("2\n");
        assertThat(local("{\"handler\":\"nothing\",\"command\":\"\"}").ended())
                .isEqualTo(Ended.hopeless("unknown handler: nothing"));
    }
}
