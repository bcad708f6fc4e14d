package io.taskhub.realtime.sse;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;

/** A chunked HTTP response; each message is flushed as it is written. */
public record ResponseWire(HttpServerResponse response) implements Wire<byte[]> {
    private static final Buffer COMMENT = Buffer.buffer(": \n\n");

    @Override
    public void onClose(Runnable closed) {
        response.closeHandler(v -> closed.run());
    }

    @Override
    public void begin(Runnable drained) {
        response.setChunked(true)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/event-stream;charset=UTF-8")
                .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        response.drainHandler(v -> drained.run());
    }

    @Override
    public boolean isWritable() {
        return !response.writeQueueFull();
    }

    @Override
    public void write(byte[] message) {
        response.write(Buffer.buffer(message));
    }

    @Override
    public void flush() {
        // nothing is held back
    }

    @Override
    public void heartbeat() {
        response.write(COMMENT);
    }

    @Override
    public void end() {
        response.end();
    }

    @Override
    public void giveUp() {
        response.end();
    }

    @Override
    public void drop() {
        response.reset();
    }
}
