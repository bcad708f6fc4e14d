package io.taskhub.gateway.guard;

import io.netty.bootstrap.ChannelInitializerExtension;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpMessage;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.impl.VertxHttpRequestDecoder;

/**
 * Makes the request decoder refuse what it would repair. Netty drops the Content-Length of a request that has a Transfer-Encoding
 * too (RFC 9112 §6.3 allows it), and then nobody behind can see that there were two; such a request is an attack, so it is answered
 * 400 and its connection ends.
 *
 * <p>Neither Quarkus nor Vert.x lets a server choose its decoder. Netty calls this extension for every accepted connection, see
 * {@link #install()}.
 */
public final class StrictFraming extends ChannelInitializerExtension {
    /** Longest request line, headers beside. */
    static final int MAX_LINE = 8 * 1024;

    static final int MAX_HEADERS = 16 * 1024;

    /** The name under which Vert.x keeps its decoder in the pipeline. */
    private static final String DECODER = "httpDecoder";

    /** Tells Netty to look for extensions. Has to happen before the first listener is bound. */
    public static void install() {
        System.setProperty("io.netty.bootstrap.extensions", "serviceload");
    }

    @Override
    public void postInitializeServerChildChannel(Channel channel) {
        channel.pipeline().addFirst("strict-framing", new Swap());
    }

    /** Waits for the first bytes, when the pipeline is complete, changes the decoder and goes away. */
    private static final class Swap extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object bytes) {
            if (context.pipeline().get(DECODER) instanceof VertxHttpRequestDecoder) {
                context.pipeline().replace(DECODER, DECODER, new Decoder());
            }
            context.fireChannelRead(bytes);
            context.pipeline().remove(this);
        }
    }

    private static final class Decoder extends VertxHttpRequestDecoder {
        Decoder() {
            super(new HttpServerOptions().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS));
        }

        @Override
        protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
            throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
        }
    }
}
