package io.taskhub.realtime.socket;

import io.taskhub.contracts.Roles;
import io.taskhub.contracts.identity.TokenRefusedException;
import io.taskhub.contracts.identity.TokenVerifier;
import io.taskhub.contracts.identity.VerifiedToken;
import io.taskhub.realtime.RealtimeServiceConfig;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Who comes in (decisions §2, §3). */
@Singleton
final class Gatekeeper {

    /** The answer to a token. */
    sealed interface Verdict {
        /** @param until when the token expires */
        record Admitted(Instant until) implements Verdict {}

        record Refused(CloseCode why) implements Verdict {}
    }

    private final TokenVerifier verifier;
    private final boolean open;
    private final int maxWaiting;
    private final AtomicInteger waiting = new AtomicInteger();

    Gatekeeper(
            TokenVerifier verifier,
            @ConfigProperty(name = "taskhub.auth", defaultValue = "enforced") String auth,
            RealtimeServiceConfig config) {
        this.verifier = verifier;
        this.open = "open".equalsIgnoreCase(auth);
        this.maxWaiting = config.maxUnauthenticated();
    }

    /** Whether no token is needed (development only). */
    boolean isOpen() {
        return open;
    }

    /** One among the sockets that wait for their first message. */
    final class Place {
        private final AtomicBoolean taken = new AtomicBoolean(true);

        private Place() {}

        /** Any number of times. */
        void free() {
            if (taken.getAndSet(false)) {
                waiting.decrementAndGet();
            }
        }
    }

    /** Null when all are taken. */
    @Nullable
    Place takePlace() {
        if (waiting.incrementAndGet() > maxWaiting) {
            waiting.decrementAndGet();
            return null;
        }
        return new Place();
    }

    /**
     * Judges a token. At once when it is known; otherwise on another thread, because its key may have to be fetched.
     *
     * @param answer called on the calling thread or on the other one
     */
    void judge(String token, Consumer<Verdict> answer) {
        VerifiedToken known = verifier.known(token);
        if (known != null) {
            answer.accept(verdict(known));
        } else {
            Thread.ofVirtual().name("token-check").start(() -> answer.accept(verify(token)));
        }
    }

    private Verdict verify(String token) {
        try {
            return verdict(verifier.verify(token));
        } catch (TokenRefusedException e) {
            return new Verdict.Refused(CloseCode.UNAUTHORIZED);
        }
    }

    static Verdict verdict(VerifiedToken token) {
        return token.hasRole(Roles.VIEWER)
                ? new Verdict.Admitted(token.expiresAt())
                : new Verdict.Refused(CloseCode.FORBIDDEN);
    }
}
