package io.taskhub.task;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;

/** Why the engine refused. Each dialect says it in its own words. */
public abstract sealed class TaskException extends RuntimeException {
    private TaskException(String message) {
        super(message, null, false, false);
    }

    /** There is no such task. */
    public static final class NotFound extends TaskException {
        public NotFound(String id) {
            super("task not found: " + id);
        }
    }

    /** It has ended already. */
    public static final class Finished extends TaskException {
        private final TaskState state;

        public Finished(TaskId id, TaskState state) {
            super("task " + id + " is already " + state.wire());
            this.state = state;
        }

        public TaskState state() {
            return state;
        }
    }

    /** It runs, and what was asked needs it not to. */
    public static final class Running extends TaskException {
        public Running(TaskId id) {
            super("task " + id + " is active");
        }
    }

    /** It has not ended, and what was asked needs it to have. */
    public static final class NotFinished extends TaskException {
        public NotFinished(TaskId id, TaskState state) {
            super("task " + id + " is " + state.wire());
        }
    }

    /** The idempotency key was used with another body before. */
    public static final class KeyReused extends TaskException {
        public KeyReused(String key) {
            super("idempotency key was used with another request: " + key);
        }
    }

    /** Too much waits to be stored; come again in {@code retryAfterSeconds}. */
    public static final class IntakeFull extends TaskException {
        private final int retryAfterSeconds;

        public IntakeFull(int retryAfterSeconds) {
            super("too many creates are waiting");
            this.retryAfterSeconds = retryAfterSeconds;
        }

        public int retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}
