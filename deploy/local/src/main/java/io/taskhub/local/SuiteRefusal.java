package io.taskhub.local;

/** The suite cannot start for a reason that the user can mend; the message says how. */
public final class SuiteRefusal extends RuntimeException {
    public SuiteRefusal(String message) {
        super(message);
    }
}
