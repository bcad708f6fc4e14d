package io.taskhub.realtime.outbox;

/** The write side of a connection. */
public interface Sink {
    /** Whether the connection takes more without piling it up. */
    boolean isWritable();

    /** Hands over one message; it may stay in a buffer until {@link #flush()}. */
    void write(byte[] message);

    void flush();
}
