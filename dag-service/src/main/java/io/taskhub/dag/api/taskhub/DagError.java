package io.taskhub.dag.api.taskhub;

import io.taskhub.dag.RunException;

/** A request that the dialect answers with a code of its own. */
public final class DagError extends RuntimeException {
    static final int INVALID_JSON = 1002;
    static final int RUN_NOT_FOUND = 1003;
    static final int NOTHING_LEFT_TO_DO = 1004;
    static final int STILL_RUNNING = 1005;

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private final int status;
    private final int code;

    private DagError(int status, int code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.code = code;
    }

    /** 400 with the same code, for parameters. */
    static DagError badRequest(String message) {
        return new DagError(BAD_REQUEST, BAD_REQUEST, message);
    }

    /** 400/1002, for bodies. */
    static DagError badBody(String message) {
        return new DagError(BAD_REQUEST, INVALID_JSON, "invalid json: " + message);
    }

    /** 404 with the same code, for what is read. */
    static DagError notFound() {
        return new DagError(NOT_FOUND, NOT_FOUND, "run not found");
    }

    /** Of what was to be done to a run. */
    static DagError of(RunException e) {
        return switch (e) {
            case RunException.NotFound gone -> new DagError(NOT_FOUND, RUN_NOT_FOUND, "run not found");
            case RunException.Finished finished -> new DagError(CONFLICT, NOTHING_LEFT_TO_DO, "run already finished");
            case RunException.NothingToRetry done -> new DagError(CONFLICT, NOTHING_LEFT_TO_DO, "nothing to retry");
            case RunException.NotFinished running -> new DagError(CONFLICT, STILL_RUNNING, "run is still running");
        };
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }
}
