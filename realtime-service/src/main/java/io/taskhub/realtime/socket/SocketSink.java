package io.taskhub.realtime.socket;

import io.quarkus.websockets.next.WebSocketConnection;
import io.taskhub.realtime.outbox.Sink;

/**
 * Hands texts to the connection and counts those that are still on their way to the socket: when {@value #WINDOW} bytes are, it takes
 * no more until half of them are gone. {@code sendText(String)} encodes the text for each reader, which is one copy of a few hundred
 * bytes; given a buffer it would decode that first. One event loop only.
 */
final class SocketSink implements Sink<String> {
    private static final int WINDOW = 128 * 1024;
    /** What a short message costs while it waits, so that there are at most 512 of them. */
    private static final int LEAST_SIZE = 256;

    private final WebSocketConnection connection;
    private final Runnable drained;
    private int outstanding;
    private boolean full;

    /** @param drained called when the connection takes more again */
    SocketSink(WebSocketConnection connection, Runnable drained) {
        this.connection = connection;
        this.drained = drained;
    }

    @Override
    public boolean isWritable() {
        return !full;
    }

    @Override
    public void write(String message) {
        int size = Math.max(LEAST_SIZE, message.length());
        outstanding += size;
        full = outstanding >= WINDOW;
        // a failure is a connection that closes: the session hears of that by itself
        connection.sendText(message).subscribe().with(v -> sent(size), failure -> sent(size));
    }

    private void sent(int size) {
        outstanding -= size;
        if (full && outstanding <= WINDOW / 2) {
            full = false;
            drained.run();
        }
    }

    @Override
    public void flush() {
        // SocketChannel does it, once for all that was written in a pass
    }
}
