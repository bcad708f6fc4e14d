package io.taskhub.task.queue;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import java.util.UUID;

/** Rows for decisions: claim 3, attempt 1 of 2, session {@link #SESSION}, time 1,000. */
final class Rows {
    static final UUID SESSION = new UUID(7, 7);
    static final TaskId ID = new TaskId(new UUID(1, 1));
    static final int CLAIM = 3;

    private TaskState state = TaskState.ACTIVE;
    private int attempt = 1;
    private int lost;
    private int settled = 2;
    private boolean cancelRequested;
    private boolean timeoutFinal;
    private int progress;

    static Rows row() {
        return new Rows();
    }

    Rows in(TaskState value) {
        state = value;
        return this;
    }

    Rows withAttempt(int value) {
        attempt = value;
        return this;
    }

    Rows lostBefore(int times) {
        lost = times;
        return this;
    }

    Rows settled(int claim) {
        settled = claim;
        return this;
    }

    Rows askedToStop() {
        cancelRequested = true;
        return this;
    }

    Rows endedByTimeout() {
        timeoutFinal = true;
        return this;
    }

    Rows withProgress(int n) {
        progress = n;
        return this;
    }

    Draft draft() {
        return draft(2000);
    }

    Draft draft(long now) {
        return new Draft(
                new Row(
                        ID,
                        12,
                        Origin.V1,
                        state,
                        "default",
                        "noop",
                        null,
                        null,
                        5,
                        1000,
                        CLAIM,
                        settled,
                        attempt,
                        2,
                        lost,
                        SESSION,
                        1000,
                        0,
                        3000,
                        timeoutFinal,
                        "d",
                        cancelRequested,
                        false,
                        true,
                        progress,
                        40,
                        0,
                        1000,
                        state.isFinal() ? 1000 : 0),
                now);
    }
}
