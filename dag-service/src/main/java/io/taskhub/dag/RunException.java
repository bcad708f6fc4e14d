package io.taskhub.dag;

/** Why nothing was done about a run. Each dialect says it in its own words. */
public abstract sealed class RunException extends RuntimeException {
    private RunException(String message) {
        super(message, null, false, false);
    }

    /** There is no such run, or not any more. */
    public static final class NotFound extends RunException {
        public NotFound(String run) {
            super("run not found: " + run);
        }
    }

    /** It has ended already. */
    public static final class Finished extends RunException {
        public Finished(String run, RunStatus status) {
            super("run " + run + " is already " + status.wire());
        }
    }

    /** It has not ended. */
    public static final class NotFinished extends RunException {
        public NotFinished(String run) {
            super("run " + run + " is running");
        }
    }

    /** Every node succeeded. */
    public static final class NothingToRetry extends RunException {
        public NothingToRetry(String run) {
            super("run " + run + " has nothing to retry");
        }
    }
}
