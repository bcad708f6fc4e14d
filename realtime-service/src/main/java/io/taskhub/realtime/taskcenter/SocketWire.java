package io.taskhub.realtime.taskcenter;

import io.taskhub.realtime.sse.Wire;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;

/** A WebSocket that only the server speaks on. */
record SocketWire(ServerWebSocket socket) implements Wire<String> {
    private static final short NORMAL = 1000;
    private static final short TRY_AGAIN = 1013;
    private static final short TOO_SLOW = 4408;

    @Override
    public void onClose(Runnable closed) {
        socket.closeHandler(v -> closed.run());
    }

    @Override
    public void begin(Runnable drained) {
        socket.drainHandler(v -> drained.run());
    }

    @Override
    public boolean isWritable() {
        return !socket.isClosed() && !socket.writeQueueFull();
    }

    @Override
    public void write(String message) {
        var unused = socket.writeTextMessage(message);
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void heartbeat() {
        var unused = socket.writePing(Buffer.buffer());
    }

    @Override
    public void end() {
        close(NORMAL, "the task has ended");
    }

    @Override
    public void giveUp() {
        close(TRY_AGAIN, "history cannot be read now");
    }

    @Override
    public void drop() {
        close(TOO_SLOW, "reader too slow");
    }

    private void close(short code, String reason) {
        var unused = socket.close(code, reason);
    }
}
