package io.taskhub.task.api.taskhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.LogQuery;
import io.taskhub.task.StoredLog;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Golden;
import io.taskhub.task.api.SampleTask;
import io.taskhub.task.api.Utf8;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskHubRepliesTest {

    static Stream<Arguments> replies() {
        var completed = SampleTask.in(TaskState.COMPLETED)
                .left(0, "out\n", "", "", null)
                .task();
        return Stream.of(
                Arguments.of("taskhub-task", Envelope.ok(TaskHubTask.from(completed))),
                Arguments.of("taskhub-list", Envelope.ok(List.of(ListedTask.from(completed, false)))),
                Arguments.of(
                        "taskhub-list-task-center",
                        Envelope.page(
                                List.of(ListedTask.from(
                                        SampleTask.in(TaskState.RETRY).task(), true)),
                                "c_16")),
                Arguments.of("taskhub-done", Envelope.ok(null)),
                Arguments.of(
                        "taskhub-error",
                        new TaskHubErrors().body(new Failure(Failure.Kind.UNAUTHORIZED, "unauthorized"))),
                Arguments.of(
                        "taskhub-logs",
                        Envelope.ok(TaskHubLogPage.from(
                                new LogQuery("42", null, 1, 200, Map.of()),
                                List.of(line(1, null), line(7, Map.of("k", "v")))))));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void every_reply_is_as_its_golden_file(String name, Object reply) {
        Golden.assertMatches(name, reply);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED,pending,queued",
        "PENDING,pending,queued",
        "RETRY,pending,queued",
        "ACTIVE,running,running",
        "COMPLETED,success,success",
        "ARCHIVED,failed,failed",
        "CANCELLED,canceled,failed"
    })
    void each_state_has_its_word_in_both_forms_of_the_list(TaskState state, String taskHub, String taskCenter) {
        var task = SampleTask.in(state).task();
        assertThat(ListedTask.from(task, false).task().status()).isEqualTo(taskHub);
        assertThat(ListedTask.from(task, true).task().status()).isEqualTo(taskCenter);
    }

    @Test
    void an_item_of_a_list_shows_the_start_of_its_output() {
        var task = SampleTask.in(TaskState.COMPLETED)
                .left(0, "x".repeat(10_000), "", "", null)
                .task();
        assertThat(TaskHubTask.from(task).last_output()).hasSize(10_000);
        assertThat(ListedTask.from(task, false).task().last_output()).hasSize(4_096);
    }

    @Test
    void a_timeout_has_a_status_of_its_own_and_exit_code_minus_one() {
        var task = TaskHubTask.from(SampleTask.in(TaskState.ARCHIVED)
                .timedOut()
                .left(143, "half", "noise", "Task timeout after 5 seconds", null)
                .task());
        assertThat(task.status()).isEqualTo("timeout");
        assertThat(task.exit_code()).isEqualTo(-1);
        assertThat(task.last_output()).isEqualTo("half");
        assertThat(task.last_error()).isEqualTo("Task timeout after 5 seconds");
    }

    @Test
    void a_cancelled_task_keeps_its_output() {
        var task = TaskHubTask.from(SampleTask.in(TaskState.CANCELLED)
                .left(0, "all of it", "", "canceled by ann", null)
                .task());
        assertThat(task.exit_code()).isEqualTo(-1);
        assertThat(task.cancel_flag()).isTrue();
        assertThat(task.last_output()).isEqualTo("all of it");
        assertThat(task.last_error()).isEqualTo("canceled by ann");
    }

    @Test
    void a_failure_says_what_the_process_said_else_why() {
        var said = SampleTask.in(TaskState.ARCHIVED).left(2, "", "no such file", "exit code 2", null);
        assertThat(TaskHubTask.from(said.task()).last_error()).isEqualTo("no such file");
        assertThat(TaskHubTask.from(said.task()).exit_code()).isEqualTo(2);
        var silent = SampleTask.in(TaskState.ARCHIVED).left(2, "", "\n", "exit code 2", null);
        assertThat(TaskHubTask.from(silent.task()).last_error()).isEqualTo("exit code 2");
    }

    @Test
    void before_the_end_there_is_nothing_of_an_attempt() {
        var task = TaskHubTask.from(SampleTask.in(TaskState.RETRY)
                .left(2, "out", "err", "boom", null)
                .task());
        assertThat(task.exit_code()).isZero();
        assertThat(task.last_output()).isEmpty();
        assertThat(task.last_error()).isEmpty();
        assertThat(task.retry_count()).isEqualTo(1);
        assertThat(task.max_retries()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({"PT0S,0", "PT5S,5", "PT0.5S,1", "PT30M,1800"})
    void a_timeout_below_a_second_is_not_shown_as_none(Duration timeout, long seconds) {
        assertThat(TaskHubTask.from(SampleTask.in(TaskState.PENDING)
                                .timeout(timeout)
                                .task())
                        .timeout_sec())
                .isEqualTo(seconds);
    }

    @ParameterizedTest
    @CsvSource({
        "abc,3,abc",
        "abc,2,ab",
        "abc,0,''",
        "a\u00e4b,2,a",
        "a\u00e4b,3,a\u00e4",
        "a\ud83d\ude00b,4,a",
        "a\ud83d\ude00b,5,a\ud83d\ude00",
        "'',0,''"
    })
    void output_is_cut_between_characters(String text, int bytes, String cut) {
        assertThat(Utf8.cut(text, bytes)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({"'',1,200", "0,0,200", "7,7,200"})
    void from_starts_at_one_unless_said(String from, long wanted, int limit) {
        var query = LogRequest.parse(Map.of("task_id", "42", "from", from)::get).query();
        assertThat(query.from()).isEqualTo(wanted);
        assertThat(query.limit()).isEqualTo(limit);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "-1,1", "2001,2000", "50,50"})
    void the_limit_of_logs_is_clamped(String limit, int wanted) {
        assertThat(LogRequest.parse(Map.of("task_id", "42", "limit", limit)::get)
                        .query()
                        .limit())
                .isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"task_id,''", "run_id,r1", "from,x", "limit,x", "from,-1"})
    void a_missing_or_wrong_log_parameter_is_answered_400(String name, String value) {
        Map<String, String> given = name.endsWith("_id") ? Map.of(name, value) : Map.of("task_id", "42", name, value);
        assertThatThrownBy(() -> LogRequest.parse(given::get)).isInstanceOf(TaskHubError.class);
    }

    @Test
    void an_empty_page_starts_over_where_it_was() {
        var page = TaskHubLogPage.from(new LogQuery("42", null, 17, 200, Map.of()), List.of());
        assertThat(page.next_from()).isEqualTo(17);
    }

    private static StoredLog line(int n, @Nullable Map<String, String> fields) {
        return new StoredLog(
                n,
                new LogRecord(
                        SampleTask.ID, 42, "42", null, null, 1, n, 1, "worker-1", 1, 1, "line", 1_000, 5, fields));
    }
}
