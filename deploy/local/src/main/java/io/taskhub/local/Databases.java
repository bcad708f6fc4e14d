package io.taskhub.local;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** One database; in it one role with one schema per service. No service can read another's tables. */
final class Databases {
    static final String NAME = "taskhub";

    private Databases() {}

    /** Creates the database when it is missing. */
    static void create(EmbeddedPostgres postgres) {
        try (Connection connection = postgres.connect("postgres")) {
            create(connection);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot create the database", e);
        }
    }

    static void create(Connection connection) throws SQLException {
        if (!exists(connection, "SELECT 1 FROM pg_database WHERE datname = '" + NAME + "'")) {
            execute(connection, "CREATE DATABASE " + NAME);
            execute(connection, "REVOKE ALL ON DATABASE " + NAME + " FROM PUBLIC");
        }
    }

    /** Creates or updates role and schema of that name, in a connection to the database {@link #NAME}. */
    static void createSchema(Connection connection, String name, String password) throws SQLException {
        if (!name.matches("[a-z][a-z0-9_]{0,40}") || !password.matches("[A-Za-z0-9_-]+")) {
            throw new IllegalArgumentException("not a schema name or password: " + name);
        }
        if (!exists(connection, "SELECT 1 FROM pg_roles WHERE rolname = '" + name + "'")) {
            execute(connection, "CREATE ROLE " + name + " LOGIN");
        }
        execute(connection, "ALTER ROLE " + name + " PASSWORD '" + password + "'");
        execute(connection, "ALTER ROLE " + name + " SET search_path = " + name);
        execute(connection, "GRANT CONNECT, TEMPORARY ON DATABASE " + NAME + " TO " + name);
        execute(connection, "CREATE SCHEMA IF NOT EXISTS " + name + " AUTHORIZATION " + name);
    }

    private static boolean exists(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
