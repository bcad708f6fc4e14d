package io.taskhub.dag.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Sets a statement's parameters one after the other; columns of many rows go as arrays for {@code unnest}. */
public final class Binder implements AutoCloseable {
    private final Connection connection;
    private final PreparedStatement statement;
    private int index;

    private Binder(Connection connection, PreparedStatement statement) {
        this.connection = connection;
        this.statement = statement;
    }

    /** A statement, closed with the binder. */
    public static Binder prepare(Connection connection, String sql) throws SQLException {
        return new Binder(connection, connection.prepareStatement(sql));
    }

    public PreparedStatement statement() {
        return statement;
    }

    public Binder number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    public Binder integer(int value) throws SQLException {
        statement.setInt(++index, value);
        return this;
    }

    public Binder text(@Nullable String value) throws SQLException {
        statement.setString(++index, value);
        return this;
    }

    public Binder id(@Nullable UUID value) throws SQLException {
        if (value == null) {
            statement.setNull(++index, Types.OTHER);
        } else {
            statement.setObject(++index, value);
        }
        return this;
    }

    public Binder flag(boolean value) throws SQLException {
        statement.setBoolean(++index, value);
        return this;
    }

    public <R> Binder ids(List<R> rows, Function<R, @Nullable UUID> column) throws SQLException {
        Object[] values = new Object[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array("uuid", values);
    }

    public <R> Binder texts(List<R> rows, Function<R, @Nullable String> column) throws SQLException {
        String[] values = new String[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array("text", values);
    }

    public Binder texts(List<String> values) throws SQLException {
        return array("text", values.toArray(String[]::new));
    }

    public <R> Binder numbers(List<R> rows, ToLongFunction<R> column) throws SQLException {
        long[] values = new long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsLong(rows.get(i));
        }
        return array("int8", values);
    }

    public <R> Binder nullableNumbers(List<R> rows, Function<R, @Nullable Long> column) throws SQLException {
        Long[] values = new Long[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.apply(rows.get(i));
        }
        return array("int8", values);
    }

    public <R> Binder integers(List<R> rows, ToIntFunction<R> column) throws SQLException {
        int[] values = new int[rows.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = column.applyAsInt(rows.get(i));
        }
        return array("int4", values);
    }

    public Binder array(String type, Object values) throws SQLException {
        statement.setArray(
                ++index,
                values instanceof Object[] objects ? connection.createArrayOf(type, objects) : primitive(type, values));
        return this;
    }

    private java.sql.Array primitive(String type, Object values) throws SQLException {
        return connection.unwrap(org.postgresql.PGConnection.class).createArrayOf(type, values);
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
