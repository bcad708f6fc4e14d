package io.taskhub.gateway.front;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Connections that end with the answer under way. Whatever came behind a misshapen request may be a part of it, so nothing of it is
 * answered any more. (A {@code Connection: close} header alone does not make Vert.x close.)
 */
final class Doomed {
    private static final AttributeKey<Boolean> MARK = AttributeKey.valueOf("taskhub.doomed");

    private Doomed() {}

    static boolean is(HttpServerRequest request) {
        return channel(request).hasAttr(MARK);
    }

    static void mark(HttpServerRequest request) {
        channel(request).attr(MARK).set(true);
    }

    private static Channel channel(HttpServerRequest request) {
        return ((ConnectionBase) request.connection()).channel();
    }
}
