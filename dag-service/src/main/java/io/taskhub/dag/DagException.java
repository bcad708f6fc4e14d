package io.taskhub.dag;

/** A graph that cannot be run; the message names what is wrong, with the ids. Nothing of it has run. */
public final class DagException extends RuntimeException {
    public DagException(String message) {
        super(message, null, false, false);
    }
}
