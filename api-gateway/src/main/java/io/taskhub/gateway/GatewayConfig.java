package io.taskhub.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.routing.Access;
import io.taskhub.gateway.routing.Kind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Everything about the gateway that a deployment may set. */
@ConfigMapping(prefix = "taskhub.gateway")
public interface GatewayConfig {

    /** The routing table ({@code application.yaml}). */
    List<Row> routes();

    /** Path prefixes and the dialect of what is unknown below them. */
    List<Prefix> dialects();

    /** Base addresses of every service's replicas; a service without one answers 503. */
    Map<String, Optional<List<URI>>> upstreams();

    Client client();

    /** Port of the second WebSocket listener; 0 = any free one, absent = none. */
    OptionalInt wsPort();

    /** Whether X-Forwarded-* of the caller are believed (a load balancer in front of the gateway). */
    @WithDefault("false")
    boolean trustForwarded();

    RateLimit rateLimit();

    /** Seeds admin / 123456. For the local run only. */
    @WithDefault("false")
    boolean seedAdmin();

    /** The first admin's password, needed at the first start unless {@link #seedAdmin()}. */
    Optional<String> adminPassword();

    /** What the signing keys are encrypted with in the database, 16 characters or more. All replicas share it. */
    Optional<String> keyEncryptionSecret();

    /** A file that holds {@link #keyEncryptionSecret()}. */
    Optional<Path> keyEncryptionSecretFile();

    /** How long a login lasts. */
    @WithDefault("2h")
    Duration tokenLife();

    /** How long a browser's session lasts. */
    @WithDefault("12h")
    Duration sessionLife();

    /** Age at which the signing key is replaced by itself. */
    @WithDefault("90d")
    Duration keyRotation();

    /** Whether the session cookie is marked Secure. */
    @WithDefault("false")
    boolean secureCookies();

    /** A row of the routing table, see {@link io.taskhub.gateway.routing.Route}. */
    interface Row {
        String path();

        Set<String> methods();

        String service();

        Dialect dialect();

        Access access();

        @WithDefault("exchange")
        Kind kind();

        @WithDefault("1048576")
        int maxBody();

        @WithDefault("30s")
        Duration timeout();
    }

    /** A path prefix of whole segments and its dialect. */
    interface Prefix {
        String prefix();

        Dialect dialect();
    }

    /** The connections to the services. */
    interface Client {
        /** Connections to one replica for exchanges, per event loop. */
        @WithDefault("128")
        int maxConnections();

        /** Streams that may be open to one replica, per event loop. */
        @WithDefault("5000")
        int maxStreams();

        @WithDefault("1s")
        Duration connectTimeout();

        /** How long a replica that refused a connection is left alone unless its health probe answers. */
        @WithDefault("1s")
        Duration probeInterval();
    }

    /** Requests per client (user, else address). Off by default. */
    interface RateLimit {
        @WithDefault("false")
        boolean enabled();

        @WithDefault("1000")
        long perSecond();

        @WithDefault("2000")
        long burst();
    }
}
