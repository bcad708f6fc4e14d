package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row on its way to its next version: the changing columns, the events that say what changed, and the output to keep. One
 * thread, one decision (or several reports of one batch, in their order), then saved or dropped.
 */
final class Draft {
    final Row before;
    final List<TaskEvent> events = new ArrayList<>(2);
    private final long now;

    private TaskState state;
    int seq;
    long runAt;
    int settledClaim;
    int attempt;
    int lost;

    @Nullable
    UUID session;

    long deadline;
    boolean cancelRequested;
    boolean timedOut;
    int progressN;
    int percent;
    int logCount;
    long finishedAt;

    @Nullable
    Output output;

    boolean freesUnique;
    boolean dropsOutput;

    /** Somebody runs it who is to be told that nobody waits for it any more. */
    boolean stopsWorker;

    private boolean touched;

    /** What an attempt left. */
    record Output(
            int exitCode,
            String stdout,
            String stderr,
            boolean cut,
            String message,
            @Nullable String data) {
        static Output of(int exitCode, String message) {
            return new Output(exitCode, "", "", false, message, null);
        }

        boolean saysNothing() {
            return exitCode == 0 && stdout.isEmpty() && stderr.isEmpty() && message.isEmpty() && data == null;
        }
    }

    /** @param clock the engine's time; a task's own time never goes back, whatever clock a replica sees */
    Draft(Row before, long clock) {
        this.before = before;
        this.now = Math.max(clock, before.updatedAt());
        state = before.state();
        seq = before.seq();
        runAt = before.runAt();
        settledClaim = before.settledClaim();
        attempt = before.attempt();
        lost = before.lost();
        session = before.session();
        deadline = before.deadline();
        cancelRequested = before.cancelRequested();
        timedOut = before.timedOut();
        progressN = before.progressN();
        percent = before.percent();
        logCount = before.logCount();
        finishedAt = before.finishedAt();
    }

    long now() {
        return now;
    }

    TaskState state() {
        return state;
    }

    boolean changed() {
        return touched;
    }

    void to(TaskState next) {
        if (!Transitions.legal(state, next)) {
            throw new IllegalStateException("task " + before.id() + ": " + state + " cannot become " + next);
        }
        state = next;
        touched = true;
    }

    /** The subject of this task's next event. */
    TaskEvent.Subject nextSubject() {
        touched = true;
        seq++;
        return new TaskEvent.Subject(
                before.id(), before.number(), before.logical(), before.runId(), before.origin(), seq, now);
    }
}
