package io.taskhub.gateway.front;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.guard.StrictFraming;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/** The two listeners: the main one, where the front door stands before everything else of Quarkus, and the one for WebSockets. */
@ApplicationScoped
public class Doors {
    private static final Logger LOG = Logger.getLogger(Doors.class);
    /** After Quarkus' CORS filter (-300), before its authentication (-200) and every endpoint. */
    private static final int BEFORE_ALL_ENDPOINTS = -250;

    private static final int SOCKET_LOOPS = 2;

    private final FrontDoor frontDoor;
    private final OptionalInt port;
    private final String host;
    private volatile int socketPort;

    public Doors(FrontDoor frontDoor, GatewayConfig config, @ConfigProperty(name = "quarkus.http.host") String host) {
        this.frontDoor = frontDoor;
        this.port = config.wsPort();
        this.host = host;
    }

    void main(@Observes Router router) {
        StrictFraming.install();
        router.route().order(BEFORE_ALL_ENDPOINTS).handler(frontDoor::enter);
    }

    void sockets(@Observes StartupEvent start, Vertx vertx) throws Exception {
        if (port.isEmpty()) {
            return;
        }
        // A random port is shared by one listener only: a second one would get another.
        int loops = port.getAsInt() == 0 ? 1 : SOCKET_LOOPS;
        vertx.deployVerticle(Listener::new, new DeploymentOptions().setInstances(loops))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        LOG.infof("WebSockets on port %d", socketPort);
    }

    /** The port that the second listener got. */
    public int socketPort() {
        return socketPort;
    }

    private final class Listener extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            HttpServerOptions options = new HttpServerOptions()
                    .setHost(host)
                    .setPort(port.orElseThrow())
                    .setCompressionSupported(false);
            vertx.createHttpServer(options)
                    .requestHandler(frontDoor::enterSocket)
                    .listen()
                    .onSuccess(server -> socketPort = server.actualPort())
                    .<Void>mapEmpty()
                    .onComplete(started);
        }
    }
}
