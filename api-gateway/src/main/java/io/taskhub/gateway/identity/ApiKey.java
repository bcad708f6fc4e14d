package io.taskhub.gateway.identity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.taskhub.gateway.routing.Access;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A key of a program. Only its hash is kept. */
@Entity
@Table(name = "api_keys")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class ApiKey extends PanacheEntityBase {
    @Id
    UUID id;

    String name;

    @Column(name = "key_hash")
    byte[] keyHash;

    String role;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "expires_at")
    @Nullable
    Instant expiresAt;

    @Column(name = "revoked_at")
    @Nullable
    Instant revokedAt;

    protected ApiKey() {}

    ApiKey(UUID id, String name, byte[] keyHash, Access role, String createdBy, Instant createdAt) {
        this.id = id;
        this.name = name;
        this.keyHash = keyHash;
        this.role = role.role();
        this.createdBy = createdBy;
        this.createdAt = createdAt;
    }

    Access access() {
        return Access.valueOf(role.toUpperCase(Locale.ROOT));
    }

    boolean isGood(Instant now) {
        return revokedAt == null && (expiresAt == null || now.isBefore(expiresAt));
    }
}
