package io.taskhub.realtime.outbox;

import io.taskhub.realtime.feed.Lane;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bounded queues before one connection. Messages it asked for are never skipped: when {@value #MAX_WAITING} wait, its reader is too
 * slow and is to be dropped. Broadcasts have a queue of their own, out of which the oldest fall. One event loop only.
 *
 * @param <M> a message as the connection takes it
 */
public final class Outbox<M> implements Lane.Flushable {
    static final int MAX_WAITING = 512;
    static final int MAX_BROADCASTS = 256;

    private final Sink<M> sink;
    private final Queue<M> waiting = new ArrayDeque<>();
    private final Queue<M> broadcasts = new ArrayDeque<>();
    private long written;
    private boolean unflushed;

    public Outbox(Sink<M> sink) {
        this.sink = sink;
    }

    /** False when the reader is too slow; the message is then not taken. */
    public boolean offer(M message) {
        if (waiting.isEmpty() && sink.isWritable()) {
            write(message);
            return true;
        }
        return waiting.size() < MAX_WAITING && waiting.add(message);
    }

    /** Never fails; when too many wait, the oldest is let go. */
    public void offerBroadcast(M message) {
        if (isIdle() && sink.isWritable()) {
            write(message);
            return;
        }
        if (broadcasts.size() >= MAX_BROADCASTS) {
            broadcasts.remove();
        }
        broadcasts.add(message);
    }

    /** The connection takes more. */
    public void drain() {
        drain(waiting);
        drain(broadcasts);
        flush();
    }

    private void drain(Queue<M> queue) {
        while (!queue.isEmpty() && sink.isWritable()) {
            write(queue.remove());
        }
    }

    private void write(M message) {
        sink.write(message);
        written++;
        unflushed = true;
    }

    /** Nothing waits. */
    public boolean isIdle() {
        return waiting.isEmpty() && broadcasts.isEmpty();
    }

    /** Messages handed over so far: a count that stands still while something waits tells of a dead reader. */
    public long written() {
        return written;
    }

    /** Something was written that {@link #flush()} has not sent on. */
    public boolean isUnflushed() {
        return unflushed;
    }

    @Override
    public void flush() {
        if (unflushed) {
            unflushed = false;
            sink.flush();
        }
    }
}
