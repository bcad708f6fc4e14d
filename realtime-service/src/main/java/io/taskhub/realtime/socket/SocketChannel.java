package io.taskhub.realtime.socket;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Two things that a socket's channel does beside what WebSockets Next does. It flushes once for all messages of a pass: a system call
 * for each would cost a core at 1,000 subscribers. And it tells why when it does not take a frame (1009), before the channel closes.
 */
final class SocketChannel extends FlushConsolidationHandler {
    private static final int MESSAGES_PER_FLUSH = 64;
    private static final String CONNECTION = "handler";

    private SocketChannel() {
        super(MESSAGES_PER_FLUSH, true);
    }

    /** On the connection of the upgrade request. */
    static void install(HttpConnection connection) {
        ((ConnectionBase) connection).channel().pipeline().addBefore(CONNECTION, null, new SocketChannel());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext channel, Throwable cause) throws Exception {
        if (cause instanceof CorruptedWebSocketFrameException violation) {
            var unused = channel.writeAndFlush(new CloseWebSocketFrame(violation.closeStatus()));
        }
        super.exceptionCaught(channel, cause);
    }
}
