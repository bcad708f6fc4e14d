package io.taskhub.cron.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** A statement with its parameters: texts, numbers and booleans; lists go as arrays for {@code unnest} and {@code ANY}. */
public final class Binder implements AutoCloseable {
    private final PreparedStatement statement;

    private Binder(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Closed with the binder. */
    static Binder prepare(Connection connection, String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] instanceof List<?> list) {
                statement.setArray(i + 1, connection.createArrayOf(type(list), list.toArray()));
            } else {
                statement.setObject(i + 1, parameters[i]);
            }
        }
        return new Binder(statement);
    }

    PreparedStatement statement() {
        return statement;
    }

    private static String type(List<?> list) {
        if (list.isEmpty()) {
            throw new IllegalArgumentException("an empty list has no type");
        }
        return list.getFirst() instanceof Long ? "int8" : "text";
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
