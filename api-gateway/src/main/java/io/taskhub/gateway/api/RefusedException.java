package io.taskhub.gateway.api;

import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;

/** An endpoint refuses; answered in the dialect of its row. */
final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;
    private final long retryAfterSeconds;

    RefusedException(Reason reason, String message) {
        this(reason, message, 0);
    }

    RefusedException(Reason reason, String message, long retryAfterSeconds) {
        super(message, null, false, false);
        this.refusal = new Refusal(reason, message);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    Refusal refusal() {
        return refusal;
    }

    /** 0 = say nothing about when to come again. */
    long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
