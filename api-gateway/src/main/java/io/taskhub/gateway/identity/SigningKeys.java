package io.taskhub.gateway.identity;

import io.quarkus.scheduler.Scheduled;
import io.taskhub.contracts.identity.KeyDirectory;
import io.taskhub.contracts.identity.TokenSigner;
import io.taskhub.gateway.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PublicKey;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the gateway's tokens, in memory. Another replica may have made a newer one, so an unknown key id and every question for
 * the public keys look into the database again, at most once a second.
 */
@ApplicationScoped
public class SigningKeys implements KeyDirectory {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final SigningKeyStore store;
    private final Duration maxAge;
    private final Duration overlap;
    private volatile List<SigningKey> keys = List.of();
    private volatile Instant loadedAt = Instant.EPOCH;

    public SigningKeys(SigningKeyStore store, GatewayConfig config) {
        this.store = store;
        this.maxAge = config.keyRotation();
        this.overlap = config.tokenLife().plus(Duration.ofMinutes(1));
    }

    /** Loads the keys, makes the first one, replaces one that is too old. */
    void start() throws SQLException {
        take(store.replaceOlderThan(maxAge, overlap));
    }

    /** Makes a new key now. Tokens of the one before stay good until they expire. Returns the new key's id. */
    public String rotate() throws SQLException {
        take(store.replaceOlderThan(Duration.ZERO, overlap));
        return keys.getFirst().kid();
    }

    @Scheduled(every = "1h", delayed = "1h")
    void rotateWhenOld() throws SQLException {
        take(store.replaceOlderThan(maxAge, overlap));
    }

    /** The newest key. */
    TokenSigner signer() {
        return keys.getFirst().signer();
    }

    @Override
    public @Nullable PublicKey find(String kid) {
        PublicKey known = known(kid);
        if (known != null) {
            return known;
        }
        refresh();
        return known(kid);
    }

    /** The public halves as a JWKS, newest first. */
    public String jwks() {
        refresh();
        Instant now = Instant.now();
        JsonWebKeySet set = new JsonWebKeySet();
        for (SigningKey key : keys) {
            if (key.verifies(now)) {
                RsaJsonWebKey jwk = new RsaJsonWebKey(key.publicKey());
                jwk.setKeyId(key.kid());
                jwk.setUse("sig");
                jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
                set.addJsonWebKey(jwk);
            }
        }
        return set.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
    }

    private @Nullable PublicKey known(String kid) {
        Instant now = Instant.now();
        for (SigningKey key : keys) {
            if (key.kid().equals(kid)) {
                return key.verifies(now) ? key.publicKey() : null;
            }
        }
        return null;
    }

    private void refresh() {
        Instant now = Instant.now();
        if (now.isBefore(loadedAt.plus(PAUSE))) {
            return;
        }
        loadedAt = now;
        try {
            take(store.load());
        } catch (SQLException e) {
            LOG.warnf("Signing keys cannot be read again, the known ones stay: %s", e.getMessage());
        }
    }

    private void take(List<SigningKey> loaded) {
        if (!loaded.isEmpty()) {
            keys = List.copyOf(loaded);
            loadedAt = Instant.now();
        }
    }
}
