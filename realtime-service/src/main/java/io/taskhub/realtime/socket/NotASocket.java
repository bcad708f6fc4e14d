package io.taskhub.realtime.socket;

import io.quarkus.websockets.next.HandshakeRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** Tells a request for {@code /ws} that asks for no upgrade what it lacks. */
@Singleton
final class NotASocket {
    private static final int UPGRADE_REQUIRED = 426;

    void register(@Observes Router router) {
        router.get("/ws").handler(NotASocket::answer);
    }

    private static void answer(RoutingContext call) {
        if (call.request().headers().contains(HandshakeRequest.SEC_WEBSOCKET_KEY)) {
            call.next();
            return;
        }
        call.response()
                .setStatusCode(UPGRADE_REQUIRED)
                .putHeader("Content-Type", "application/json")
                .putHeader("Upgrade", "websocket")
                .end("{\"code\":426,\"message\":\"this is a WebSocket\",\"data\":null}");
    }
}
