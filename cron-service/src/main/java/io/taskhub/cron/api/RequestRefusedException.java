package io.taskhub.cron.api;

/** The request is answered with this status and message. */
public final class RequestRefusedException extends RuntimeException {
    private final int status;

    public RequestRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
