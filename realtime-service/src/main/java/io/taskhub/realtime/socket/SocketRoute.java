package io.taskhub.realtime.socket;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.netty.channel.ChannelHandlerContext;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.vertx.http.runtime.security.QuarkusHttpUser;
import io.taskhub.contracts.Roles;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.taskhub.realtime.feed.Lanes;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** {@code /ws}: the upgrade (taskhub.md, "WebSocket Protocol"). */
@Singleton
final class SocketRoute implements HttpServerOptionsCustomizer {
    private static final int MAX_MESSAGE = 64 * 1024;
    private static final int UPGRADE_REQUIRED = 426;
    private static final int UNAVAILABLE = 503;

    private final Lanes lanes;
    private final Sources sources;
    private final Gatekeeper gatekeeper;
    private final Sessions sessions;
    private final ObjectMapper json;
    private final RealtimeServiceConfig config;

    SocketRoute(
            Lanes lanes,
            Sources sources,
            Gatekeeper gatekeeper,
            Sessions sessions,
            ObjectMapper json,
            RealtimeServiceConfig config) {
        this.lanes = lanes;
        this.sources = sources;
        this.gatekeeper = gatekeeper;
        this.sessions = sessions;
        this.json = json;
        this.config = config;
    }

    /** A longer message closes the socket with 1009. Compression would cost every reader its own pass over shared bytes. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setMaxWebSocketMessageSize(MAX_MESSAGE)
                .setMaxWebSocketFrameSize(MAX_MESSAGE)
                .setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false);
    }

    void register(@Observes Router router) {
        router.get("/ws").handler(this::upgrade);
    }

    private void upgrade(RoutingContext call) {
        if (!"websocket".equalsIgnoreCase(call.request().getHeader("Upgrade"))) {
            refuse(call, UPGRADE_REQUIRED, "this is a WebSocket");
            return;
        }
        Instant admitted = gatekeeper.isOpen() ? Instant.MAX : proven(call);
        if (admitted == null && !gatekeeper.takePlace()) {
            refuse(call, UNAVAILABLE, "too many sockets wait for their first message");
            return;
        }
        ChannelHandlerContext connection = ((ConnectionBase) call.request().connection()).channelHandlerContext();
        call.request().toWebSocket().onComplete(socket -> start(socket, connection, admitted), failure -> {
            if (admitted == null) {
                gatekeeper.freePlace();
            }
        });
    }

    private void start(ServerWebSocket socket, ChannelHandlerContext connection, @Nullable Instant admitted) {
        new Session(socket, connection, lanes.current(), sources, gatekeeper, sessions, json)
                .start(admitted, config.authTimeout());
    }

    /** Until when the request's own token is good; null when it has none. */
    private static @Nullable Instant proven(RoutingContext call) {
        return call.user() instanceof QuarkusHttpUser user
                        && user.getSecurityIdentity().hasRole(Roles.VIEWER)
                        && user.getSecurityIdentity().getPrincipal() instanceof JsonWebToken token
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : null;
    }

    private static void refuse(RoutingContext call, int status, String message) {
        call.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end("{\"code\":" + status + ",\"message\":\"" + message + "\",\"data\":null}");
    }
}
