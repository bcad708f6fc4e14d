package io.taskhub.realtime.socket;

import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.quarkus.websockets.next.HttpUpgradeCheck;
import io.quarkus.websockets.next.UserData;
import io.smallrye.mutiny.Uni;
import io.taskhub.contracts.Roles;
import io.taskhub.realtime.RealtimeServiceConfig;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.jspecify.annotations.Nullable;

/** Whether a request becomes a socket, and what it has proved by then (decisions §2). */
@Singleton
final class SocketUpgrade implements HttpUpgradeCheck, HttpServerOptionsCustomizer {
    /** Until when the request's own token is good. */
    static final UserData.TypedKey<Instant> ADMITTED = new UserData.TypedKey<>("admitted");
    /** Among the sockets that have proved nothing yet. */
    static final UserData.TypedKey<Gatekeeper.Place> PLACE = new UserData.TypedKey<>("place");

    private static final int UNAVAILABLE = 503;

    private final Gatekeeper gatekeeper;
    private final Vertx vertx;
    private final RealtimeServiceConfig config;

    SocketUpgrade(Gatekeeper gatekeeper, Vertx vertx, RealtimeServiceConfig config) {
        this.gatekeeper = gatekeeper;
        this.vertx = vertx;
        this.config = config;
    }

    /** A small frame could be inflated to a thousand times its size; WebSockets Next has no setting for this old extension. */
    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerFrameWebSocketCompressionSupported(false);
    }

    @Override
    public Uni<CheckResult> perform(HttpUpgradeContext upgrade) {
        return gatekeeper.isOpen()
                ? Uni.createFrom().item(() -> decide(upgrade, Instant.MAX))
                : upgrade.securityIdentity().map(identity -> decide(upgrade, proven(identity)));
    }

    private CheckResult decide(HttpUpgradeContext upgrade, @Nullable Instant admitted) {
        if (admitted != null) {
            upgrade.userData().put(ADMITTED, admitted);
        } else {
            Gatekeeper.Place place = gatekeeper.takePlace();
            if (place == null) {
                return CheckResult.rejectUpgradeSync(UNAVAILABLE, Map.of("Retry-After", List.of("1")));
            }
            upgrade.userData().put(PLACE, place);
            // a handshake that fails after this tells nobody; a socket has given its place back long before
            vertx.setTimer(2 * config.authTimeout().toMillis(), t -> place.free());
        }
        SocketChannel.install(upgrade.httpRequest().connection());
        return CheckResult.permitUpgradeSync();
    }

    private static @Nullable Instant proven(SecurityIdentity identity) {
        return identity.hasRole(Roles.VIEWER) && identity.getPrincipal() instanceof JsonWebToken token
                ? Instant.ofEpochSecond(token.getExpirationTime())
                : null;
    }
}
