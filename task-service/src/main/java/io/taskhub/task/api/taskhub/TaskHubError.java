package io.taskhub.task.api.taskhub;

/** A request that the contract answers with a code of its own. */
public final class TaskHubError extends RuntimeException {
    static final int MISSING_NAME = 1001;
    static final int INVALID_JSON = 1002;
    static final int TASK_NOT_FOUND = 1003;
    static final int ALREADY_FINISHED = 1004;

    private final int status;
    private final int code;

    TaskHubError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** 400 with the same code, for parameters. */
    static TaskHubError badRequest(String message) {
        return new TaskHubError(400, 400, message);
    }

    /** 400/1002, for bodies. */
    static TaskHubError badBody(String message) {
        return new TaskHubError(400, INVALID_JSON, "invalid json: " + message);
    }

    int status() {
        return status;
    }

    Envelope envelope() {
        return Envelope.error(code, String.valueOf(getMessage()));
    }
}
