package io.taskhub.realtime.socket;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.taskhub.realtime.outbox.Sink;

/**
 * Writes text frames straight to the connection's channel: the bytes are shared by all readers instead of being encoded for each,
 * and several frames leave in one system call.
 */
record SocketSink(ChannelHandlerContext connection) implements Sink {
    @Override
    public boolean isWritable() {
        return connection.channel().isWritable();
    }

    @Override
    public void write(byte[] message) {
        var unused =
                connection.write(new TextWebSocketFrame(Unpooled.wrappedBuffer(message)), connection.voidPromise());
    }

    @Override
    public void flush() {
        connection.flush();
    }
}
