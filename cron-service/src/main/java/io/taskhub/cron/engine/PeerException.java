package io.taskhub.cron.engine;

/** Another service did not do what it was asked for. */
public final class PeerException extends Exception {
    private final boolean permanent;

    PeerException(String message, boolean permanent) {
        super(message);
        this.permanent = permanent;
    }

    /** The request itself is at fault: repeated, it is refused again. Otherwise a later try may well succeed. */
    public boolean isPermanent() {
        return permanent;
    }
}
