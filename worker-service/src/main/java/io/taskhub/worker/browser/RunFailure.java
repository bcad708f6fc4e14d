package io.taskhub.worker.browser;

import org.jspecify.annotations.Nullable;

/** Why a plan cannot go on; code, message and hint are for the task's owner. */
final class RunFailure extends RuntimeException {
    private final ErrorCode code;
    private final @Nullable String hint;

    RunFailure(ErrorCode code, String message) {
        this(code, message, null, null);
    }

    RunFailure(ErrorCode code, String message, @Nullable String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.hint = hint;
    }

    ErrorCode code() {
        return code;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    @Nullable
    String hint() {
        return hint;
    }
}
