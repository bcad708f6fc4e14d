package io.taskhub.realtime.outbox;

/**
 * The write side of a connection.
 *
 * @param <M> a message as the connection takes it
 */
public interface Sink<M> {
    /** Whether the connection takes more without piling it up. */
    boolean isWritable();

    /** Hands over one message; it may stay in a buffer until {@link #flush()}. */
    void write(M message);

    void flush();
}
