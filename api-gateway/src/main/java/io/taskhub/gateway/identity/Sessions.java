package io.taskhub.gateway.identity;

import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.routing.Access;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;

/** Browsers that are logged in. The cookie holds a random secret; who it is and in which role is looked up. */
@ApplicationScoped
public class Sessions {
    private static final String OPEN = """
            insert into sessions (token_hash, user_name, expires_at) values (?, ?, ?)
            """;
    private static final String SWEEP = """
            delete from sessions where expires_at < now()
            """;
    private static final String CLOSE = """
            delete from sessions where token_hash = ?
            """;
    private static final String FIND = """
            select u.name, u.role, s.expires_at
              from sessions s join users u on u.name = s.user_name
             where s.token_hash = ? and s.expires_at > now()
            """;

    private final DataSource database;
    private final Duration life;

    public Sessions(DataSource database, GatewayConfig config) {
        this.database = database;
        this.life = config.sessionLife();
    }

    public Duration life() {
        return life;
    }

    /** Logs a user in. Returns the cookie's value. Ended sessions of anybody are removed on the way. */
    public String open(String user) throws SQLException {
        String secret = Secrets.create("");
        try (var connection = database.getConnection();
                var sweep = connection.prepareStatement(SWEEP);
                var insert = connection.prepareStatement(OPEN)) {
            sweep.executeUpdate();
            insert.setBytes(1, Secrets.hash(secret));
            insert.setString(2, user);
            insert.setTimestamp(3, Timestamp.from(Instant.now().plus(life)));
            insert.executeUpdate();
        }
        return secret;
    }

    /** Logs out. */
    public void close(String secret) throws SQLException {
        try (var connection = database.getConnection();
                var delete = connection.prepareStatement(CLOSE)) {
            delete.setBytes(1, Secrets.hash(secret));
            delete.executeUpdate();
        }
    }

    Optional<Subject> holder(String secret) throws SQLException {
        try (var connection = database.getConnection();
                var query = connection.prepareStatement(FIND)) {
            query.setBytes(1, Secrets.hash(secret));
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Subject(
                        row.getString(1),
                        Access.valueOf(row.getString(2).toUpperCase(Locale.ROOT)),
                        row.getTimestamp(3).toInstant()));
            }
        }
    }
}
