package io.taskhub.task.api.v1;

import java.util.Map;

/** A refusal with a code of the contract. */
public final class V1Error extends RuntimeException {
    private final int status;
    private final Body body;

    /** How every error of the dialect looks; {@code details} is always there, empty when there is nothing to add. */
    public record Body(String error, String code, Map<String, String> details) {}

    V1Error(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    V1Error(int status, String code, String message, Map<String, String> details) {
        super(message, null, false, false);
        this.status = status;
        this.body = new Body(message, code, details);
    }

    /** 400 for bodies, fields and parameters that have no code of their own. */
    static V1Error invalid(String message) {
        return new V1Error(400, "INVALID_REQUEST", message);
    }

    int status() {
        return status;
    }

    Body body() {
        return body;
    }
}
