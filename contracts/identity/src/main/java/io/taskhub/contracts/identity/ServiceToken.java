package io.taskhub.contracts.identity;

import io.taskhub.contracts.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * This service's own token for calls to its peers: five minutes, role {@code service}, signed with the key that the deployment
 * gave it. It goes to services of the suite only, never to a host that somebody registered.
 */
@ApplicationScoped
public class ServiceToken {
    /** Key ids of services begin with this; the gateway's never do. */
    public static final String KID_PREFIX = "svc-";

    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final Duration RENEWED_BEFORE_END = Duration.ofMinutes(1);

    private record Current(String token, Instant renewAt) {}

    private final String service;
    private final Optional<Path> keyFile;
    private final InstantSource clock;
    private volatile @Nullable TokenSigner signer;
    private volatile @Nullable Current current;

    @Inject
    public ServiceToken(IdentityConfig config, @ConfigProperty(name = "quarkus.application.name") String service) {
        this(service, config.serviceKeyFile(), InstantSource.system());
    }

    ServiceToken(String service, Optional<Path> keyFile, InstantSource clock) {
        this.service = service;
        this.keyFile = keyFile;
        this.clock = clock;
    }

    /** The token to send as {@code Authorization: Bearer …}. Made when first asked for, renewed a minute before it ends. */
    public String current() {
        Current held = current;
        Instant now = clock.instant();
        if (held == null || !now.isBefore(held.renewAt())) {
            String token = signer().sign(KID_PREFIX + service, Set.of(Roles.SERVICE), now, LIFE);
            held = new Current(token, now.plus(LIFE).minus(RENEWED_BEFORE_END));
            current = held;
        }
        return held.token();
    }

    /** A token of this service's key for anybody: how tests of a service become a user of it. */
    public String mint(String subject, Collection<String> roles, Duration ttl) {
        return signer().sign(subject, roles, clock.instant(), ttl);
    }

    private TokenSigner signer() {
        TokenSigner ready = signer;
        if (ready == null) {
            Path file = keyFile.orElseThrow(() -> new IllegalStateException(
                    "taskhub.identity.service-key-file is not set: " + service + " cannot call other services"));
            try {
                ready = ServiceKey.read(service, file).signer();
            } catch (IOException e) {
                throw new UncheckedIOException("the key of " + service + " cannot be read", e);
            }
            signer = ready;
        }
        return ready;
    }
}
