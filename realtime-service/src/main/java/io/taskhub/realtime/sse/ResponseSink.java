package io.taskhub.realtime.sse;

import io.taskhub.realtime.outbox.Sink;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** A chunked HTTP response; each message is flushed as it is written. */
record ResponseSink(HttpServerResponse response) implements Sink<byte[]> {
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
}
