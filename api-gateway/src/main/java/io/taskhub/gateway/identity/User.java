package io.taskhub.gateway.identity;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.taskhub.gateway.routing.Access;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;

/** Somebody who can log in. */
@Entity
@Table(name = "users")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class User extends PanacheEntityBase {
    @Id
    String name;

    @Column(name = "password_hash")
    String passwordHash;

    String role;

    @Column(name = "created_at")
    Instant createdAt;

    protected User() {}

    User(String name, String passwordHash, Access role, Instant createdAt) {
        this.name = name;
        this.passwordHash = passwordHash;
        this.role = role.role();
        this.createdAt = createdAt;
    }

    Access access() {
        return Access.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
