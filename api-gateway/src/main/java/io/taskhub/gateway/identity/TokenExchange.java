package io.taskhub.gateway.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.taskhub.gateway.identity.Credentials.Kind;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Swaps API keys and sessions for short tokens. A swap is good for half a minute, then the key is looked up again (so a revoked one
 * stops working within that time on every replica); its token is used as long as it has a minute to live.
 */
@ApplicationScoped
public class TokenExchange {
    static final Duration LOOKED_UP = Duration.ofSeconds(30);
    private static final Duration REFUSED = Duration.ofSeconds(5);
    private static final Duration LEFT = Duration.ofMinutes(1);
    private static final int REMEMBERED = 10_000;

    /** What is known of credentials; no caller = they are no good. */
    private record Swap(@Nullable Caller caller, Instant goodUntil, Instant tokenEnds) {}

    private final ApiKeys apiKeys;
    private final Sessions sessions;
    private final TokenIssuer issuer;
    private final Cache<Credentials, Swap> swaps = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(5))
            .build();

    @Inject
    public TokenExchange(ApiKeys apiKeys, Sessions sessions, TokenIssuer issuer) {
        this.apiKeys = apiKeys;
        this.sessions = sessions;
        this.issuer = issuer;
    }

    /** The caller when these credentials were swapped a moment ago. Never blocks. */
    @Nullable
    Caller known(Credentials credentials) {
        Swap swap = swaps.getIfPresent(credentials);
        return swap == null || !Instant.now().isBefore(swap.goodUntil()) ? null : swap.caller();
    }

    /** The caller, looked up; null when the credentials are no good. Blocks. */
    @Nullable
    Caller swap(Credentials credentials) throws SQLException {
        Instant now = Instant.now();
        Swap known = swaps.getIfPresent(credentials);
        if (known != null && now.isBefore(known.goodUntil())) {
            return known.caller();
        }
        Optional<Subject> subject = credentials.kind() == Kind.API_KEY
                ? apiKeys.holder(credentials.value())
                : sessions.holder(credentials.value());
        Swap fresh = subject.map(holder -> swapFor(holder, known, now))
                .orElseGet(() -> new Swap(null, now.plus(REFUSED), now));
        swaps.put(credentials, fresh);
        return fresh.caller();
    }

    private Swap swapFor(Subject subject, @Nullable Swap known, Instant now) {
        Instant until = min(now.plus(LOOKED_UP), subject.until());
        Caller before = known == null ? null : known.caller();
        if (known != null
                && before != null
                && before.roles().equals(subject.access().nested())
                && now.plus(LEFT).isBefore(known.tokenEnds())) {
            return new Swap(before, until, known.tokenEnds());
        }
        Instant ends = min(now.plus(TokenIssuer.EXCHANGED_LIFE), subject.until());
        String token = issuer.exchanged(subject.name(), subject.access(), Duration.between(now, ends));
        return new Swap(new Caller(subject.name(), subject.access().nested(), token), until, ends);
    }

    /** Forgets these credentials on this replica: a log-out works at once. */
    public void forget(Credentials credentials) {
        swaps.invalidate(credentials);
    }

    /** Forgets everybody on this replica: a key was revoked or a user changed. */
    public void forgetAll() {
        swaps.invalidateAll();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
