package io.taskhub.dag.sql;

import io.agroal.api.AgroalDataSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Connections and transactions. Read committed; every write transaction ends here and nowhere else. */
@ApplicationScoped
public class Database {
    private final AgroalDataSource source;

    public Database(AgroalDataSource source) {
        this.source = source;
    }

    /** Something done on a connection. */
    @FunctionalInterface
    public interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    /**
     * One or more statements that read, each its own transaction. Connections that lay in the pool while the database was restarted are
     * no reason to say that it is away: they are thrown out, and a new one is tried.
     */
    public <T extends @Nullable Object> T read(Work<T> work) {
        try {
            return readOnce(work);
        } catch (DatabaseException e) {
            if (!DatabaseException.isAway(e)) {
                throw e;
            }
            source.flush(AgroalDataSource.FlushMode.IDLE);
            return readOnce(work);
        }
    }

    private <T extends @Nullable Object> T readOnce(Work<T> work) {
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
