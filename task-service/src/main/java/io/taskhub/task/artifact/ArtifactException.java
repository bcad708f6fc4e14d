package io.taskhub.task.artifact;

import io.taskhub.contracts.TaskId;

/** Why a file is not taken. */
public abstract sealed class ArtifactException extends RuntimeException {
    private ArtifactException(String message) {
        super(message, null, false, false);
    }

    /** The task does not run under this claim, or not any more, or is gone. */
    public static final class StaleClaim extends ArtifactException {
        StaleClaim(TaskId task, int claim) {
            super("task " + task + " does not run under claim " + claim);
        }
    }

    /** The file has more than {@code limit} bytes. */
    public static final class TooLarge extends ArtifactException {
        TooLarge(long limit) {
            super("file is larger than " + limit + " bytes");
        }
    }

    /** The task has too many files with it, or too many bytes. */
    public static final class OverQuota extends ArtifactException {
        OverQuota(String message) {
            super(message);
        }
    }

    /** Its path, label or media type is none. */
    public static final class NotAllowed extends ArtifactException {
        NotAllowed(String message) {
            super(message);
        }
    }
}
