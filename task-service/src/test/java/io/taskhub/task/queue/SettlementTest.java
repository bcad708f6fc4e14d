package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SettlementTest {
    private final Settlement settlement = new Settlement(() -> 0L);

    @Test
    void success_completes_with_its_output() {
        Draft draft = Rows.row().draft();
        assertThat(report(draft, Report.Outcome.SUCCEEDED, "")).isTrue();
        assertThat(draft.state()).isEqualTo(TaskState.COMPLETED);
        assertThat(draft.percent).isEqualTo(100);
        assertThat(draft.freesUnique).isTrue();
        assertThat(draft.events).singleElement().isInstanceOfSatisfying(TaskEvent.Finished.class, end -> {
            assertThat(end.subject().seq()).isEqualTo(6);
            assertThat(end.percentage()).isEqualTo(100);
        });
    }

    @Test
    void a_failure_with_an_attempt_left_is_tried_again_after_the_policys_delay() {
        Draft draft = Rows.row().draft(2000);
        report(draft, Report.Outcome.FAILED, "no");
        assertThat(draft.state()).isEqualTo(TaskState.RETRY);
        assertThat(draft.runAt).isEqualTo(3000);
        assertThat(draft.settledClaim).isEqualTo(Rows.CLAIM);
        assertThat(draft.events).singleElement().isInstanceOf(TaskEvent.Retrying.class);
    }

    @Test
    void the_last_failure_archives_and_keeps_the_unique_key() {
        Draft draft = Rows.row().withAttempt(2).draft();
        report(draft, Report.Outcome.FAILED, "no");
        assertThat(draft.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(draft.freesUnique).isFalse();
        assertThat(draft.percent).isEqualTo(40);
    }

    @Test
    void a_failure_that_is_not_retryable_is_the_end() {
        Draft draft = Rows.row().draft();
        settlement.report(draft, Rows.SESSION, result(Rows.CLAIM, Report.Outcome.FAILED, false, "no"));
        assertThat(draft.state()).isEqualTo(TaskState.ARCHIVED);
    }

    @Test
    void a_timeout_is_an_attempt_or_the_end_as_the_dialect_has_it() {
        Draft attempt = Rows.row().draft();
        report(attempt, Report.Outcome.TIMED_OUT, "worker's words");
        assertThat(attempt.state()).isEqualTo(TaskState.RETRY);
        assertThat(attempt.timedOut).isTrue();

        Draft end = Rows.row().endedByTimeout().draft();
        report(end, Report.Outcome.TIMED_OUT, "worker's words");
        assertThat(end.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(end.output).extracting(Draft.Output::message).isEqualTo("Task timeout after 3 seconds");
    }

    @ParameterizedTest
    @EnumSource(Report.Outcome.class)
    void after_an_accepted_cancel_the_end_is_cancelled_whatever_comes(Report.Outcome outcome) {
        Draft draft = Rows.row().askedToStop().draft();
        report(draft, outcome, "x");
        assertThat(draft.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(draft.output).satisfies(o -> {
            assertThat(o.stdout()).isEqualTo("out");
            assertThat(o.message()).isEqualTo("task cancelled");
            assertThat(o.exitCode()).isEqualTo(-1);
        });
    }

    @Test
    void after_an_accepted_cancel_a_lost_lease_and_an_engine_timeout_are_cancelled_too() {
        Draft lost = Rows.row().askedToStop().draft();
        settlement.leaseLost(lost);
        Draft overdue = Rows.row().askedToStop().draft();
        settlement.overdue(overdue);
        assertThat(lost.state()).isEqualTo(TaskState.CANCELLED);
        assertThat(overdue.state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void what_is_handed_back_does_not_count() {
        Draft draft = Rows.row().draft();
        report(draft, Report.Outcome.HANDED_BACK, "");
        assertThat(draft.state()).isEqualTo(TaskState.PENDING);
        assertThat(draft.attempt).isZero();
        assertThat(draft.lost).isZero();
        assertThat(draft.session).isNull();
    }

    @Test
    void a_lost_lease_does_not_count_and_the_fourth_is_the_end() {
        Draft third = Rows.row().lostBefore(2).draft();
        settlement.leaseLost(third);
        assertThat(third.state()).isEqualTo(TaskState.PENDING);
        assertThat(third.attempt).isZero();
        assertThat(third.session).isEqualTo(Rows.SESSION);

        Draft fourth = Rows.row().lostBefore(3).draft();
        settlement.leaseLost(fourth);
        assertThat(fourth.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(fourth.output).extracting(Draft.Output::message).isEqualTo("worker lost");
    }

    @Test
    void a_stale_claim_another_session_and_a_given_back_task_are_refused() {
        assertThat(settlement.report(Rows.row().draft(), Rows.SESSION, result(1, Report.Outcome.SUCCEEDED, true, "")))
                .isFalse();
        assertThat(settlement.report(
                        Rows.row().draft(), new UUID(8, 8), result(Rows.CLAIM, Report.Outcome.SUCCEEDED, true, "")))
                .isFalse();
        assertThat(report(Rows.row().in(TaskState.PENDING).draft(), Report.Outcome.SUCCEEDED, ""))
                .isFalse();
    }

    @Test
    void a_repeated_report_is_applied_once() {
        Draft draft = Rows.row().in(TaskState.COMPLETED).settled(Rows.CLAIM).draft();
        assertThat(report(draft, Report.Outcome.SUCCEEDED, "")).isTrue();
        assertThat(draft.changed()).isFalse();
        Draft claimedAgain = Rows.row().settled(2).draft();
        assertThat(settlement.report(claimedAgain, Rows.SESSION, result(2, Report.Outcome.FAILED, true, "")))
                .isTrue();
        assertThat(claimedAgain.changed()).isFalse();
    }

    @Test
    void progress_that_is_not_newer_is_dropped() {
        Draft draft = Rows.row().withProgress(4).draft();
        settlement.report(draft, Rows.SESSION, progress(4));
        assertThat(draft.changed()).isFalse();
        settlement.report(draft, Rows.SESSION, progress(5));
        assertThat(draft.events).hasSize(1);
    }

    @Test
    void time_never_goes_back_within_a_task() {
        Draft draft = Rows.row().draft(500);
        report(draft, Report.Outcome.SUCCEEDED, "");
        assertThat(draft.events.getFirst().subject().ts_ms()).isEqualTo(1000);
    }

    @Test
    void a_restart_counts_anew_and_keeps_the_fence() {
        Draft draft =
                Rows.row().in(TaskState.ARCHIVED).withAttempt(2).lostBefore(4).draft();
        settlement.restart(draft);
        assertThat(draft.state()).isEqualTo(TaskState.PENDING);
        assertThat(draft.attempt).isZero();
        assertThat(draft.lost).isZero();
        assertThat(draft.finishedAt).isZero();
    }

    @Test
    void a_timeout_says_its_seconds_plainly() {
        assertThat(Settlement.timeoutMessage(30_000)).isEqualTo("Task timeout after 30 seconds");
        assertThat(Settlement.timeoutMessage(1_500)).isEqualTo("Task timeout after 1.5 seconds");
    }

    private boolean report(Draft draft, Report.Outcome outcome, String message) {
        return settlement.report(draft, Rows.SESSION, result(Rows.CLAIM, outcome, true, message));
    }

    private static Report result(int claim, Report.Outcome outcome, boolean retryable, String message) {
        return new Report.Result(Rows.ID, claim, outcome, retryable, 0, "out", "", false, message, null, 9, 2);
    }

    private static Report progress(int n) {
        return new Report.Progress(Rows.ID, Rows.CLAIM, n, 60, "s", "m", null);
    }
}
