package io.taskhub.contracts.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumer;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.jwx.JsonWebStructure;
import org.jose4j.lang.UnresolvableKeyException;
import org.jspecify.annotations.Nullable;

/**
 * Checks RS256 tokens of issuer {@code taskhub} and remembers the good ones until they expire: a check costs about 30 µs, and
 * the same token comes with every call of a client.
 */
@ApplicationScoped
public class TokenVerifier {
    /** The issuer of every token, of the gateway's and the services'. */
    public static final String ISSUER = "taskhub";

    static final Duration CLOCK_SKEW = Duration.ofSeconds(5);
    private static final int MAX_LENGTH = 8 * 1024;
    private static final int REMEMBERED = 10_000;

    private final KeyDirectory keys;
    private final InstantSource clock;
    private final Cache<String, VerifiedToken> verified;

    @Inject
    public TokenVerifier(KeyDirectory keys) {
        this(keys, InstantSource.system());
    }

    TokenVerifier(KeyDirectory keys, InstantSource clock) {
        this.keys = keys;
        this.clock = clock;
        this.verified = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .ticker(() -> clock.millis() * 1_000_000L)
                .expireAfter(Expiry.creating((String token, VerifiedToken value) ->
                        Duration.between(clock.instant(), value.expiresAt().plus(CLOCK_SKEW))))
                .executor(Runnable::run)
                .build();
    }

    /** What is known of this token without any check: never blocks; null says "ask {@link #verify}". */
    public @Nullable VerifiedToken known(String token) {
        return verified.getIfPresent(token);
    }

    /**
     * The caller behind this token. May block for the fetch of an unknown key (see {@link KeyDirectory#find}).
     *
     * @throws TokenRefusedException when the token is not good
     */
    public VerifiedToken verify(String token) {
        VerifiedToken seen = verified.getIfPresent(token);
        if (seen != null) {
            return seen;
        }
        VerifiedToken fresh = check(token);
        verified.put(token, fresh);
        return fresh;
    }

    private VerifiedToken check(String token) {
        if (token.length() > MAX_LENGTH) {
            throw new TokenRefusedException("token too long");
        }
        try {
            JwtClaims claims = consumer(clock.instant()).processToClaims(token);
            List<String> groups = claims.hasClaim("groups") ? claims.getStringListClaimValue("groups") : List.of();
            var principal = new DefaultJWTCallerPrincipal(token, "JWT", claims);
            return new VerifiedToken(
                    principal.getName(),
                    Set.copyOf(groups),
                    Instant.ofEpochMilli(claims.getExpirationTime().getValueInMillis()),
                    principal);
        } catch (InvalidJwtException | MalformedClaimException e) {
            throw new TokenRefusedException("token refused", e);
        }
    }

    private JwtConsumer consumer(Instant now) {
        return new JwtConsumerBuilder()
                .setJwsAlgorithmConstraints(
                        AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.RSA_USING_SHA256)
                .setVerificationKeyResolver(this::resolve)
                .setExpectedIssuer(ISSUER)
                .setRequireSubject()
                .setRequireExpirationTime()
                .setSkipDefaultAudienceValidation()
                .setAllowedClockSkewInSeconds((int) CLOCK_SKEW.toSeconds())
                .setEvaluationTime(NumericDate.fromMilliseconds(now.toEpochMilli()))
                .build();
    }

    private Key resolve(JsonWebSignature jws, List<JsonWebStructure> nesting) throws UnresolvableKeyException {
        String kid = jws.getKeyIdHeaderValue();
        PublicKey key = kid == null ? null : keys.find(kid);
        if (key == null) {
            throw new UnresolvableKeyException("no key with id " + kid);
        }
        return key;
    }
}
