package io.taskhub.realtime.sse;

import io.taskhub.realtime.outbox.Sink;

/**
 * The connection of a stream's reader. One event loop only.
 *
 * @param <M> a message as it takes it
 */
public interface Wire<M> extends Sink<M> {

    /** @param closed called once the connection is gone, for whatever reason */
    void onClose(Runnable closed);

    /**
     * The stream begins.
     *
     * @param drained called when the connection takes more again
     */
    void begin(Runnable drained);

    /** Shows the reader, and every proxy on its way, that the stream lives. */
    void heartbeat();

    /** Everything was told. */
    void end();

    /** It cannot go on for now; the reader may come back. */
    void giveUp();

    /** The reader is too slow. */
    void drop();
}
