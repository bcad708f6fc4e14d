package io.taskhub.contracts.identity;

import java.io.IOException;
import java.security.PublicKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.lang.JoseException;
import org.jspecify.annotations.Nullable;

/**
 * A JWKS that is read when it is needed. An unknown key id reads it again, at most once a second, so nobody can make us hammer
 * the source with made-up ids. A source that fails leaves the keys that we had.
 */
final class RefreshingKeys implements KeyDirectory {
    private static final Logger LOG = Logger.getLogger(RefreshingKeys.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Where the JWKS comes from. */
    interface Source {
        String read() throws IOException;
    }

    private record Known(Map<String, PublicKey> keys, Instant readAt) {}

    private final Source source;
    private final InstantSource clock;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Known known = new Known(Map.of(), Instant.EPOCH);
    private Instant lastTry = Instant.EPOCH;

    RefreshingKeys(Source source, InstantSource clock) {
        this.source = source;
        this.clock = clock;
    }

    @Override
    public @Nullable PublicKey find(String kid) {
        Known now = known;
        PublicKey key = now.keys().get(kid);
        if (key == null) {
            reading.lock();
            refreshAndUnlock(now);
            return known.keys().get(kid);
        }
        // A withdrawn key must disappear some day; whoever comes while another one reads does not wait for it.
        if (now.readAt().plus(FRESH).isBefore(clock.instant()) && reading.tryLock()) {
            refreshAndUnlock(now);
            return known.keys().get(kid);
        }
        return key;
    }

    private void refreshAndUnlock(Known seen) {
        try {
            Instant now = clock.instant();
            if (known.readAt().isAfter(seen.readAt()) || now.isBefore(lastTry.plus(PAUSE))) {
                return;
            }
            lastTry = now;
            known = new Known(parse(source.read()), now);
        } catch (IOException | JoseException e) {
            LOG.warnf(
                    "Public keys could not be read, %d known ones stay: %s",
                    known.keys().size(), e.toString());
        } finally {
            reading.unlock();
        }
    }

    private static Map<String, PublicKey> parse(String json) throws JoseException {
        return new JsonWebKeySet(json)
                .getJsonWebKeys().stream()
                        .filter(key -> key.getKeyId() != null && key instanceof PublicJsonWebKey)
                        .map(PublicJsonWebKey.class::cast)
                        .collect(Collectors.toMap(
                                PublicJsonWebKey::getKeyId, PublicJsonWebKey::getPublicKey, (first, second) -> first));
    }
}
