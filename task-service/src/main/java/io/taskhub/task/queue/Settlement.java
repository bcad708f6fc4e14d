package io.taskhub.task.queue;

import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.math.BigDecimal;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** What becomes of a task when something is said or found out about it. Pure: row and clock in, draft out. */
final class Settlement {
    static final String CANCELLED_MESSAGE = "task cancelled";
    static final String LOST_MESSAGE = "worker lost";
    private static final int LOSSES_ALLOWED = 3;
    private static final int ERROR_LIMIT = 4096;
    private static final int STOPPED_EXIT = -1;

    private final RandomGenerator random;

    Settlement(RandomGenerator random) {
        this.random = random;
    }

    /** The fence: false when another claim, session or state holds the task; true also when it was applied before. */
    boolean report(Draft draft, UUID session, Report report) {
        Row row = draft.before;
        if (report.claim() != row.claim()) {
            return report.claim() == draft.settledClaim;
        }
        if (draft.state() != TaskState.ACTIVE) {
            return draft.settledClaim == report.claim();
        }
        if (!session.equals(row.session())) {
            return false;
        }
        switch (report) {
            case Report.Progress progress -> progress(draft, progress);
            case Report.Result result -> result(draft, result);
        }
        return true;
    }

    private void progress(Draft draft, Report.Progress report) {
        if (report.n() <= draft.progressN) {
            return;
        }
        draft.progressN = report.n();
        draft.percent = Math.clamp(report.percentage(), 0, 100);
        draft.events.add(new TaskEvent.Progressed(
                draft.nextSubject(),
                draft.attempt,
                draft.percent,
                cut(report.stage()),
                cut(report.message()),
                report.data()));
    }

    private void result(Draft draft, Report.Result report) {
        settle(draft);
        if (report.outcome() == Report.Outcome.HANDED_BACK && !draft.cancelRequested) {
            giveBack(draft, "drained");
            draft.session = null;
            return;
        }
        draft.logCount = report.logs();
        if (draft.cancelRequested) {
            cancelled(draft, output(report, STOPPED_EXIT, CANCELLED_MESSAGE), report.duration_ms());
            return;
        }
        switch (report.outcome()) {
            case SUCCEEDED -> {
                draft.timedOut = false;
                end(draft, TaskState.COMPLETED, output(report, report.exit_code(), ""), report.duration_ms());
            }
            case TIMED_OUT -> timedOut(draft, report);
            case FAILED -> failed(draft, output(report, report.exit_code(), report.message()), report);
            case CANCELLED, HANDED_BACK ->
                // Stopped though nobody asked here: a failed attempt like any other.
                failed(draft, output(report, STOPPED_EXIT, report.message()), report);
        }
    }

    private void timedOut(Draft draft, Report.Result report) {
        attemptTimedOut(
                draft, output(report, STOPPED_EXIT, timeoutMessage(draft.before.timeoutMs())), report.duration_ms());
    }

    private void attemptTimedOut(Draft draft, Draft.Output output, long durationMs) {
        draft.timedOut = true;
        if (draft.before.timeoutFinal()) {
            end(draft, TaskState.ARCHIVED, output, durationMs);
        } else {
            retryOrArchive(draft, output, durationMs);
        }
    }

    private void failed(Draft draft, Draft.Output output, Report.Result report) {
        draft.timedOut = false;
        if (report.retryable()) {
            retryOrArchive(draft, output, report.duration_ms());
        } else {
            end(draft, TaskState.ARCHIVED, output, report.duration_ms());
        }
    }

    private void retryOrArchive(Draft draft, Draft.Output output, long durationMs) {
        if (draft.attempt >= draft.before.maxAttempts()) {
            end(draft, TaskState.ARCHIVED, output, durationMs);
            return;
        }
        draft.to(TaskState.RETRY);
        draft.runAt = draft.now()
                + RetryCode.read(draft.before.retry())
                        .delay(draft.attempt, random)
                        .toMillis();
        draft.output = output;
        draft.events.add(new TaskEvent.Retrying(
                draft.nextSubject(),
                draft.attempt,
                output.exitCode(),
                cut(output.message()),
                draft.timedOut,
                durationMs,
                draft.runAt));
    }

    /** Not running: cancelled now. Running: its worker is asked, and the end is cancelled whatever comes. */
    void cancel(Draft draft, String reason) {
        if (draft.state() != TaskState.ACTIVE) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), 0);
        } else if (!draft.cancelRequested) {
            draft.cancelRequested = true;
            draft.events.add(new TaskEvent.CancelRequested(draft.nextSubject(), cut(reason)));
        }
    }

    /** Failed from outside, whatever it is doing. A worker that runs it is told to stop; its report finds the claim settled. */
    void fail(Draft draft, String reason) {
        draft.timedOut = false;
        draft.stopsWorker = draft.state() == TaskState.ACTIVE;
        long durationMs = draft.stopsWorker ? ran(draft) : 0;
        if (draft.cancelRequested) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), durationMs);
        } else {
            end(draft, TaskState.ARCHIVED, Draft.Output.of(STOPPED_EXIT, reason), durationMs);
        }
    }

    /** The session went silent. The claim stays as it is, so that the session can take the task up again if nobody else does. */
    void leaseLost(Draft draft) {
        draft.lost++;
        if (draft.cancelRequested) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), ran(draft));
        } else if (draft.lost > LOSSES_ALLOWED) {
            draft.timedOut = false;
            end(draft, TaskState.ARCHIVED, Draft.Output.of(STOPPED_EXIT, LOST_MESSAGE), ran(draft));
        } else {
            giveBack(draft, "lost");
        }
    }

    /** The claim's answer never arrived. Nobody is to blame. */
    void neverReceived(Draft draft) {
        if (draft.cancelRequested) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), ran(draft));
        } else {
            giveBack(draft, "lost");
        }
    }

    /** The session leaves in order. */
    void drained(Draft draft) {
        settle(draft);
        if (draft.cancelRequested) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), ran(draft));
        } else {
            giveBack(draft, "drained");
            draft.session = null;
        }
    }

    /** Past its deadline and nothing was heard. */
    void overdue(Draft draft) {
        settle(draft);
        if (draft.cancelRequested) {
            cancelled(draft, Draft.Output.of(STOPPED_EXIT, CANCELLED_MESSAGE), ran(draft));
        } else {
            attemptTimedOut(draft, Draft.Output.of(STOPPED_EXIT, timeoutMessage(draft.before.timeoutMs())), ran(draft));
        }
    }

    /** The session still runs a claim that was given up and that nobody took. */
    void readopt(Draft draft, String worker) {
        draft.to(TaskState.ACTIVE);
        draft.attempt++;
        draft.events.add(new TaskEvent.Started(draft.nextSubject(), draft.attempt, draft.before.maxAttempts(), worker));
    }

    /** Runs again under its id as if it were new; the fence goes on. */
    void restart(Draft draft) {
        draft.to(TaskState.PENDING);
        draft.runAt = draft.now();
        draft.attempt = 0;
        draft.lost = 0;
        draft.percent = 0;
        draft.logCount = 0;
        draft.cancelRequested = false;
        draft.timedOut = false;
        draft.finishedAt = 0;
        draft.dropsOutput = true;
        draft.events.add(new TaskEvent.Restarted(draft.nextSubject(), TaskState.PENDING));
    }

    private static void settle(Draft draft) {
        draft.settledClaim = draft.before.claim();
    }

    private static void giveBack(Draft draft, String reason) {
        draft.to(TaskState.PENDING);
        draft.attempt = Math.max(0, draft.attempt - 1);
        draft.runAt = draft.now();
        draft.events.add(new TaskEvent.Returned(draft.nextSubject(), reason));
    }

    private static void cancelled(Draft draft, Draft.Output output, long durationMs) {
        draft.timedOut = false;
        end(draft, TaskState.CANCELLED, output, durationMs);
    }

    private static void end(Draft draft, TaskState state, Draft.Output output, long durationMs) {
        draft.to(state);
        settle(draft);
        draft.session = null;
        draft.finishedAt = draft.now();
        draft.freesUnique = draft.before.unique() && state != TaskState.ARCHIVED;
        if (state == TaskState.COMPLETED) {
            draft.percent = 100;
        }
        draft.output = output;
        draft.events.add(new TaskEvent.Finished(
                draft.nextSubject(),
                state,
                draft.timedOut,
                draft.attempt,
                output.exitCode(),
                cut(output.message()),
                draft.percent,
                durationMs));
    }

    private static long ran(Draft draft) {
        return Math.max(0, draft.now() - draft.before.claimedAt());
    }

    private static Draft.Output output(Report.Result report, int exitCode, String message) {
        return new Draft.Output(exitCode, report.stdout(), report.stderr(), report.cut(), message, report.data());
    }

    static String timeoutMessage(long timeoutMs) {
        return "Task timeout after "
                + BigDecimal.valueOf(timeoutMs, 3).stripTrailingZeros().toPlainString() + " seconds";
    }

    /** Events stay small: a text is cut at 4 KiB of characters. */
    static String cut(String text) {
        if (text.length() <= ERROR_LIMIT) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(ERROR_LIMIT - 1)) ? ERROR_LIMIT - 1 : ERROR_LIMIT;
        return text.substring(0, end);
    }
}
