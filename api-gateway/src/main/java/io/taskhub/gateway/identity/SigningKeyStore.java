package io.taskhub.gateway.identity;

import io.taskhub.gateway.GatewayConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The signing keys in the database, their private halves sealed. One replica at a time makes a new one. */
@ApplicationScoped
public class SigningKeyStore {
    private static final String LOCK = """
            select pg_advisory_xact_lock(7235013, 1)
            """;
    private static final String LOAD = """
            select kid, public_key, sealed_private_key, created_at, verifies_until
              from signing_keys
             where verifies_until is null or verifies_until > now()
             order by created_at desc, kid
            """;
    private static final String INSERT = """
            insert into signing_keys (kid, public_key, sealed_private_key, created_at) values (?, ?, ?, ?)
            """;
    private static final String RETIRE = """
            update signing_keys set verifies_until = ? where verifies_until is null and kid <> ?
            """;

    private final DataSource database;
    private final KeySeal seal;

    public SigningKeyStore(DataSource database, GatewayConfig config) {
        this.database = database;
        this.seal = new KeySeal(secret(config));
    }

    private static String secret(GatewayConfig config) {
        Path file = config.keyEncryptionSecretFile().orElse(null);
        if (file != null) {
            try {
                return Files.readString(file).strip();
            } catch (IOException e) {
                throw new UncheckedIOException("taskhub.gateway.key-encryption-secret-file cannot be read", e);
            }
        }
        return config.keyEncryptionSecret()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "taskhub.gateway.key-encryption-secret (or -file) must be set: signing keys are kept encrypted"));
    }

    /** All keys that still verify, the one that signs first. */
    List<SigningKey> load() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return load(connection);
        }
    }

    /**
     * Makes a new signing key unless the present one is younger than {@code maxAge}; the present one goes on verifying.
     *
     * @param overlap how long tokens of the replaced key may still be about
     * @return all keys that verify, the one that signs first
     */
    List<SigningKey> replaceOlderThan(Duration maxAge, Duration overlap) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement(LOCK)) {
                lock.execute();
                List<SigningKey> present = load(connection);
                Instant now = Instant.now();
                SigningKey newest = present.isEmpty() ? null : present.getFirst();
                if (newest == null
                        || newest.verifiesUntil() != null
                        || !newest.createdAt().plus(maxAge).isAfter(now)) {
                    SigningKey fresh = SigningKey.generate(now);
                    insert(connection, fresh);
                    retireOthers(connection, fresh, now.plus(overlap));
                }
                List<SigningKey> keys = load(connection);
                connection.commit();
                return keys;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        }
    }

    private List<SigningKey> load(Connection connection) throws SQLException {
        List<SigningKey> keys = new ArrayList<>();
        try (var query = connection.prepareStatement(LOAD);
                var rows = query.executeQuery()) {
            while (rows.next()) {
                String kid = rows.getString(1);
                keys.add(SigningKey.decode(
                        kid,
                        rows.getBytes(2),
                        seal.open(kid, rows.getBytes(3)),
                        rows.getTimestamp(4).toInstant(),
                        instant(rows.getTimestamp(5))));
            }
        }
        return keys;
    }

    private static @Nullable Instant instant(@Nullable Timestamp at) {
        return at == null ? null : at.toInstant();
    }

    private void insert(Connection connection, SigningKey key) throws SQLException {
        try (var insert = connection.prepareStatement(INSERT)) {
            insert.setString(1, key.kid());
            insert.setBytes(2, key.publicKey().getEncoded());
            insert.setBytes(3, seal.seal(key.kid(), key.privateKey().getEncoded()));
            insert.setTimestamp(4, Timestamp.from(key.createdAt()));
            insert.executeUpdate();
        }
    }

    private static void retireOthers(Connection connection, SigningKey fresh, Instant until) throws SQLException {
        try (var update = connection.prepareStatement(RETIRE)) {
            update.setTimestamp(1, Timestamp.from(until));
            update.setString(2, fresh.kid());
            update.executeUpdate();
        }
    }
}
