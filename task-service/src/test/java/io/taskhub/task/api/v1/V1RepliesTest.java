package io.taskhub.task.api.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.QueueStats;
import io.taskhub.task.Submission;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Golden;
import io.taskhub.task.api.SampleTask;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class V1RepliesTest {

    static Stream<Arguments> replies() {
        return Stream.of(
                Arguments.of(
                        "v1-task-pending",
                        V1Task.from(SampleTask.in(TaskState.PENDING).task())),
                Arguments.of(
                        "v1-task-completed",
                        V1Task.from(SampleTask.in(TaskState.COMPLETED)
                                .left(0, "out\n", "", "", "{\"n\":1}")
                                .task())),
                Arguments.of(
                        "v1-task-cancelled",
                        V1Task.from(SampleTask.in(TaskState.CANCELLED)
                                .left(-1, "half", "", "cancelled by ann", null)
                                .task())),
                Arguments.of("v1-progress", ProgressEntry.from(progressed(3)).orElseThrow()),
                Arguments.of(
                        "v1-progress-final",
                        ProgressEntry.from(finished(TaskState.COMPLETED, "")).orElseThrow()),
                Arguments.of(
                        "v1-progress-failed",
                        ProgressEntry.from(finished(TaskState.ARCHIVED, "exit code 2"))
                                .orElseThrow()),
                Arguments.of("v1-queue", V1Queue.from(new QueueStats("default", false, 10, 2, 5, 1, 0, 100, 1.5))),
                Arguments.of("v1-error", new V1Errors().body(new Failure(Failure.Kind.UNAUTHORIZED, "unauthorized"))));
    }

    @ParameterizedTest
    @MethodSource("replies")
    void every_reply_is_as_its_golden_file(String name, Object reply) {
        Golden.assertMatches(name, reply);
    }

    @Test
    void a_create_is_answered_201_409_or_400() {
        var accepted =
                V1Created.answer(List.of(new Submission.Accepted(SampleTask.ID, 42, TaskState.SCHEDULED, "critical")));
        assertThat(accepted.status()).isEqualTo(201);
        Golden.assertTextMatches("v1-created", accepted.body());
        var exists = V1Created.answer(List.of(new Submission.AlreadyExists(SampleTask.ID)));
        assertThat(exists.status()).isEqualTo(409);
        Golden.assertTextMatches("v1-exists", exists.body());
        assertThat(V1Created.answer(List.of(new Submission.Refused("why"))).status())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,0,0",
        "PENDING,2,2",
        "RETRY,1,1",
        "RETRY,3,3",
        "ACTIVE,1,0",
        "ACTIVE,2,1",
        "COMPLETED,1,0",
        "ARCHIVED,4,3",
        "CANCELLED,0,0",
        "ARCHIVED,9,3"
    })
    void retried_counts_failures_that_were_followed_by_another_attempt(TaskState state, int attempt, int retried) {
        var task = V1Task.from(SampleTask.in(state).attempt(attempt).task());
        assertThat(task.retried()).isEqualTo(retried);
        assertThat(task.max_retry()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource({
        "RETRY,boom,boom,retry", "ARCHIVED,boom,boom,archived", "COMPLETED,'','',completed",
        "CANCELLED,boom,task cancelled,archived", "ACTIVE,boom,boom,active", "PENDING,'','',pending"
    })
    void last_err_and_state_follow_the_table(TaskState state, String message, String lastError, String word) {
        var task = V1Task.from(SampleTask.in(state)
                .timeout(Duration.ZERO)
                .left(1, "", "", message, null)
                .task());
        assertThat(task.last_err()).isEqualTo(lastError);
        assertThat(task.state()).isEqualTo(word);
        assertThat(task.timeout()).isEqualTo("0s");
    }

    @Test
    void only_steps_and_the_end_are_progress() {
        assertThat(ProgressEntry.from(new TaskEvent.Created(subject(1), TaskState.PENDING, "default", "noop", 0)))
                .isEmpty();
        assertThat(ProgressEntry.from(new TaskEvent.Retrying(subject(2), 1, 1, "x", false, 1, 1)))
                .isEmpty();
        assertThat(ProgressEntry.from(finished(TaskState.CANCELLED, "")).orElseThrow())
                .satisfies(entry -> {
                    assertThat(entry.status()).isEqualTo("cancelled");
                    assertThat(entry.progress().percentage()).isEqualTo(40);
                    assertThat(entry.progress().message()).isEqualTo("task cancelled");
                });
    }

    @ParameterizedTest
    @CsvSource({"5-3,5-3", "5,5-0", "0,0-0", "1737884800000-12,1737884800000-12"})
    void a_stream_id_reads_back(String text, String written) {
        assertThat(StreamId.parse(text)).map(StreamId::toString).contains(written);
    }

    @ParameterizedTest
    @CsvSource({"x", "5-", "-5", "5-3-1", "99999999999999999999", "'5 3'", "$"})
    void other_text_is_no_stream_id(String text) {
        assertThat(StreamId.parse(text)).isEmpty();
    }

    @Test
    void stream_ids_order_by_time_then_sequence() {
        assertThat(new StreamId(1, 9)).isLessThan(new StreamId(1, 10)).isLessThan(new StreamId(2, 1));
    }

    private static TaskEvent progressed(int seq) {
        return new TaskEvent.Progressed(subject(seq), 1, 50, "processing", "Processing data...", null);
    }

    private static TaskEvent finished(TaskState state, String error) {
        return new TaskEvent.Finished(subject(9), state, false, 1, 0, error, 40, 34);
    }

    private static TaskEvent.Subject subject(int seq) {
        return new TaskEvent.Subject(SampleTask.ID, 42, "42", null, Origin.V1, seq, 1_737_884_800_000L);
    }
}
