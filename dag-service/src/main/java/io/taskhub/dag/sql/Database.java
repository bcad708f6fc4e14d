package io.taskhub.dag.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections and transactions. Read committed; every write transaction ends here and nowhere else. */
@ApplicationScoped
public class Database {
    private final DataSource source;

    public Database(DataSource source) {
        this.source = source;
    }

    /** Something done on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /** One or more statements, each its own transaction. */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** All or nothing; committed when it returns. */
    public <T extends @Nullable Object> T write(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.on(connection);
                connection.commit();
                done = true;
                return result;
            } finally {
                restore(connection, done);
            }
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** A connection for as long as the caller wants it; it must close it. */
    public Connection open() throws SQLException {
        return source.getConnection();
    }

    private static void restore(Connection connection, boolean committed) {
        try {
            if (!committed) {
                connection.rollback();
            }
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            // The first failure is already on its way to the caller; the pool drops a broken connection.
        }
    }
}
