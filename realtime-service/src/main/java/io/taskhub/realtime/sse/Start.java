package io.taskhub.realtime.sse;

/** Where a stream begins. */
public sealed interface Start {

    /** {@code $}: only what comes from now on. */
    record AtEnd() implements Start {}

    /** After an entry that the client has. */
    record After(StreamId id) implements Start {}
}
