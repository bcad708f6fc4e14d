package io.taskhub.cron.sql;

import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Connections and transactions of hand-written SQL; read committed. */
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

    /** Makes something of one row. */
    @FunctionalInterface
    public interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** One or more statements, each its own transaction. */
    public <T extends @Nullable Object> T call(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            return work.on(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** All or nothing; committed when it returns. */
    public <T extends @Nullable Object> T transaction(Work<T> work) {
        return call(connection -> {
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
        });
    }

    /** The rows of a query or of a statement's RETURNING. */
    public <T> List<T> rows(String sql, Mapper<T> mapper, Object... parameters) {
        return call(connection -> rows(connection, sql, mapper, parameters));
    }

    public static <T> List<T> rows(Connection connection, String sql, Mapper<T> mapper, Object... parameters)
            throws SQLException {
        try (Binder query = Binder.prepare(connection, sql, parameters);
                ResultSet rows = query.statement().executeQuery()) {
            List<T> found = new ArrayList<>();
            while (rows.next()) {
                found.add(mapper.of(rows));
            }
            return found;
        }
    }

    /** How many rows a statement changed. */
    public int update(String sql, Object... parameters) {
        return call(connection -> update(connection, sql, parameters));
    }

    public static int update(Connection connection, String sql, Object... parameters) throws SQLException {
        try (Binder statement = Binder.prepare(connection, sql, parameters)) {
            return statement.statement().executeUpdate();
        }
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
