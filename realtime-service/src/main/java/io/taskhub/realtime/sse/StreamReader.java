package io.taskhub.realtime.sse;

import io.taskhub.realtime.feed.Lane;
import io.taskhub.realtime.outbox.Outbox;

/**
 * Somebody who reads a stream: takes messages in order as fast as the connection does, is dropped when it is too slow, and stays until
 * the last message is written. One event loop only.
 *
 * @param <M> a message as the connection takes it
 */
public final class StreamReader<M> implements Lane.Ticking {
    private static final int MAX_QUIET_TICKS = 4;

    /** The stream that it reads. */
    public interface Stream {
        /** All that was sent is written. */
        void hasRoomAgain();

        /** The reader is gone. Called once. */
        void left();
    }

    private final Wire<M> wire;
    private final Lane lane;
    private final Streams streams;
    private final Stream stream;
    private final Outbox<M> outbox;
    private boolean finishing;
    private boolean closed;
    private long writtenAtTick;
    private int quietTicks;

    public StreamReader(Wire<M> wire, Lane lane, Streams streams, Stream stream) {
        this.wire = wire;
        this.lane = lane;
        this.streams = streams;
        this.stream = stream;
        this.outbox = new Outbox<>(wire);
        wire.onClose(this::close);
    }

    /** Opens the stream, unless the reader has left already. */
    public void begin() {
        if (!closed) {
            streams.opened(this);
            lane.visit(this);
            wire.begin(this::drained);
        }
    }

    public boolean isGone() {
        return closed;
    }

    /** False while earlier messages wait to be written. */
    public boolean hasRoom() {
        return outbox.isIdle();
    }

    public void send(M message) {
        if (!closed && !outbox.offer(message)) {
            drop();
        }
    }

    /** Nothing more comes: ends the stream once all is written. */
    public void finish() {
        finishing = true;
        finishWhenWritten();
    }

    /** Ends the stream before its end. */
    public void giveUp() {
        if (!closed) {
            close();
            wire.giveUp();
        }
    }

    private void drained() {
        if (closed) {
            return;
        }
        outbox.drain();
        if (outbox.isIdle()) {
            stream.hasRoomAgain();
        }
        finishWhenWritten();
    }

    @Override
    public void tick() {
        boolean stuck = !wire.isWritable() && outbox.written() == writtenAtTick;
        quietTicks = stuck ? quietTicks + 1 : 0;
        writtenAtTick = outbox.written();
        if (quietTicks >= MAX_QUIET_TICKS) {
            drop();
        } else if (wire.isWritable()) {
            wire.heartbeat();
        }
    }

    private void finishWhenWritten() {
        if (finishing && !closed && outbox.isIdle()) {
            close();
            wire.end();
        }
    }

    /** It may come back with the last id it got. */
    private void drop() {
        streams.dropped();
        close();
        wire.drop();
    }

    /** Any number of times. */
    public void close() {
        if (!closed) {
            closed = true;
            lane.leave(this);
            streams.closed(this);
            stream.left();
        }
    }
}
