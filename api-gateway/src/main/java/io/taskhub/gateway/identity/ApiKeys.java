package io.taskhub.gateway.identity;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.taskhub.gateway.routing.Access;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The keys of programs: scoped to a role, shown once, can expire and be revoked. */
@ApplicationScoped
public class ApiKeys implements PanacheRepositoryBase<ApiKey, UUID> {
    /** Every key begins so, which makes a leaked one easy to find. */
    public static final String PREFIX = "thk_";

    /** A key as it may be listed. */
    public record Listed(
            UUID id,
            String name,
            Access role,
            String createdBy,
            Instant createdAt,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt) {
        static Listed of(ApiKey key) {
            return new Listed(
                    key.id, key.name, key.access(), key.createdBy, key.createdAt, key.expiresAt, key.revokedAt);
        }
    }

    /** A new key; {@code secret} is told this once. */
    public record Created(Listed key, String secret) {}

    @Transactional
    public Created create(String name, Access role, String createdBy, @Nullable Instant expiresAt) {
        String secret = Secrets.create(PREFIX);
        ApiKey key = new ApiKey(UUID.randomUUID(), name, Secrets.hash(secret), role, createdBy, Instant.now());
        key.expiresAt = expiresAt;
        persist(key);
        return new Created(Listed.of(key), secret);
    }

    @Transactional
    public List<Listed> everyKey() {
        return listAll(Sort.by("createdAt")).stream().map(Listed::of).toList();
    }

    /** Revokes a key for good; false when there is none. */
    @Transactional
    public boolean revoke(UUID id) {
        ApiKey key = findById(id);
        if (key == null) {
            return false;
        }
        if (key.revokedAt == null) {
            key.revokedAt = Instant.now();
        }
        return true;
    }

    @Transactional
    Optional<Subject> holder(String secret) {
        Instant now = Instant.now();
        return find("keyHash", (Object) Secrets.hash(secret))
                .firstResultOptional()
                .filter(key -> key.isGood(now))
                .map(key -> new Subject(
                        "key:" + key.name, key.access(), key.expiresAt == null ? Instant.MAX : key.expiresAt));
    }
}
