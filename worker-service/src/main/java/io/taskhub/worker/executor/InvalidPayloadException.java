package io.taskhub.worker.executor;

/** The payload cannot be run, however often it is tried. The message is for the task's owner. */
public final class InvalidPayloadException extends RuntimeException {
    public InvalidPayloadException(String message) {
        super(message);
    }
}
