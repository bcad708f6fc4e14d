package io.taskhub.cron;

/** A spec, a time zone or a policy that nobody can follow; the message names the field and says why. */
public final class InvalidSpecException extends IllegalArgumentException {
    public InvalidSpecException(String message) {
        super(message);
    }
}
