package io.taskhub.realtime.history;

/** There is no task or node with this id, or not any more. */
public final class NoSuchTaskException extends RuntimeException {
    NoSuchTaskException(String id) {
        super("no task " + id);
    }
}
