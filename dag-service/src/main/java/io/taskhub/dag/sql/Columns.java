package io.taskhub.dag.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters one after the other; the columns of many rows go as arrays for {@code unnest}. */
public final class Columns implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private int index;

    public Columns(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        this.statement = connection.prepareStatement(sql);
    }

    public PreparedStatement statement() {
        return statement;
    }

    /** A text, number, flag, id or null. */
    public Columns set(@Nullable Object value) throws SQLException {
        statement.setObject(++index, value);
        return this;
    }

    /** @param type PostgreSQL's name of the elements' type */
    public Columns array(String type, Object[] values) throws SQLException {
        statement.setArray(++index, connection.createArrayOf(type, values));
        return this;
    }

    /** One column of many rows. */
    public <R> Columns column(String type, List<R> rows, Function<R, @Nullable Object> column) throws SQLException {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array(type, values);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
