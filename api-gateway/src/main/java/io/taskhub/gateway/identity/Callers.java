package io.taskhub.gateway.identity;

import io.taskhub.contracts.identity.TokenRefusedException;
import io.taskhub.contracts.identity.TokenVerifier;
import io.taskhub.contracts.identity.VerifiedToken;
import io.taskhub.gateway.routing.Access;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Says who calls. Credentials that were seen a moment ago are answered on the event loop; others are checked on a few threads of their
 * own, and when too many wait there, new ones are turned away.
 */
@ApplicationScoped
public class Callers {
    private static final int THREADS = 4;
    private static final int MAX_WAITING = 1_000;

    /** Everybody is let in as admin: {@code TASKHUB_AUTH=open}, development only. */
    enum Mode {
        OPEN,
        ENFORCED
    }

    private record Anybody(Caller caller, Instant renewAt) {}

    private final TokenVerifier verifier;
    private final TokenExchange exchange;
    private final TokenIssuer issuer;
    private final WorkerExecutor workers;
    private final boolean open;
    private final AtomicInteger waiting = new AtomicInteger();
    private volatile @Nullable Anybody anybody;

    public Callers(
            Vertx vertx,
            TokenVerifier verifier,
            TokenExchange exchange,
            TokenIssuer issuer,
            @ConfigProperty(name = "taskhub.auth", defaultValue = "enforced") Mode mode) {
        this.verifier = verifier;
        this.exchange = exchange;
        this.issuer = issuer;
        this.workers = vertx.createSharedWorkerExecutor("identity", THREADS);
        this.open = mode == Mode.OPEN;
    }

    /** Whether a request without credentials is an admin's. */
    public boolean isOpen() {
        return open;
    }

    /** The admin that everybody is in open mode. */
    public Caller anybody() {
        Instant now = Instant.now();
        Anybody held = anybody;
        if (held == null || !now.isBefore(held.renewAt())) {
            String token = issuer.exchanged("anybody", Access.ADMIN, TokenIssuer.EXCHANGED_LIFE);
            held = new Anybody(
                    new Caller("anybody", Access.ADMIN.nested(), token),
                    now.plus(TokenIssuer.EXCHANGED_LIFE).minusSeconds(60));
            anybody = held;
        }
        return held.caller();
    }

    /** The caller when he is known already. Never blocks; null says "ask {@link #identify}". */
    public @Nullable Caller known(Credentials credentials) {
        return switch (credentials.kind()) {
            case JWT -> {
                VerifiedToken token = verifier.known(credentials.value());
                yield token == null ? null : caller(token, credentials);
            }
            case API_KEY, SESSION -> exchange.known(credentials);
            case UNKNOWN -> null;
        };
    }

    /** The caller after a look at signatures or the database; null when the credentials are no good. Fails when that cannot be said now. */
    public Future<@Nullable Caller> identify(Credentials credentials) {
        if (credentials.kind() == Credentials.Kind.UNKNOWN) {
            return Future.succeededFuture();
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return Future.failedFuture("too many callers wait to be identified");
        }
        return workers.<@Nullable Caller>executeBlocking(() -> check(credentials), false)
                .onComplete(done -> waiting.decrementAndGet());
    }

    private @Nullable Caller check(Credentials credentials) throws SQLException {
        if (credentials.kind() != Credentials.Kind.JWT) {
            return exchange.swap(credentials);
        }
        try {
            return caller(verifier.verify(credentials.value()), credentials);
        } catch (TokenRefusedException e) {
            return null;
        }
    }

    private static Caller caller(VerifiedToken token, Credentials credentials) {
        return new Caller(token.name(), token.roles(), credentials.value());
    }
}
