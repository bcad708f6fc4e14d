package io.taskhub.task.history;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.task.sql.Database;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The days of {@code task_event} and {@code task_log}: made a week ahead, dropped whole when they are too old. What no day
 * takes is in the default partition, so nothing is ever refused.
 */
@SuppressWarnings("InlineFormatString") // SQL stands in named constants
@ApplicationScoped
class Partitions {
    private static final Logger LOG = Logger.getLogger(Partitions.class);
    private static final int DAYS_AHEAD = 7;
    private static final List<String> TABLES = List.of("task_event", "task_log");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyyMMdd");

    private static final String LOCK = "SELECT pg_advisory_xact_lock(" + 0x7461736b_0002L + ")";
    private static final String NOW = "SELECT clock()";
    private static final String EXISTING = """
            SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
             WHERE i.inhparent = '%s'::regclass
            """;
    private static final String CREATE = "CREATE TABLE %s PARTITION OF %s FOR VALUES FROM (%d) TO (%d)";
    private static final String DROP = "DROP TABLE %s";
    private static final String HAS_STRAYS = "SELECT EXISTS (SELECT FROM %s_default WHERE %s >= %d AND %s < %d)";

    private final Database database;

    Partitions(Database database) {
        this.database = database;
    }

    /** Before anything else writes. */
    void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event) {
        ensure();
    }

    /** Makes the days from today on that are missing. Any replica, any time. */
    void ensure() {
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute(LOCK);
                LocalDate today = today(statement);
                for (String table : TABLES) {
                    List<String> existing = existing(statement, table);
                    for (int i = 0; i <= DAYS_AHEAD; i++) {
                        create(statement, table, today.plusDays(i), existing);
                    }
                }
                return today;
            }
        });
    }

    /** Drops every day that ended before the given one. */
    void dropBefore(LocalDate oldest) {
        int dropped = database.write(connection -> drop(connection, oldest));
        if (dropped > 0) {
            LOG.infof("dropped %d partitions from before %s", dropped, oldest);
        }
    }

    private static int drop(Connection connection, LocalDate oldest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(LOCK);
            int dropped = 0;
            for (String table : TABLES) {
                String limit = name(table, oldest);
                for (String partition : existing(statement, table)) {
                    if (!partition.endsWith("_default") && partition.compareTo(limit) < 0) {
                        statement.execute(DROP.formatted(partition));
                        dropped++;
                    }
                }
            }
            return dropped;
        }
    }

    private static void create(Statement statement, String table, LocalDate day, List<String> existing)
            throws SQLException {
        String name = name(table, day);
        if (existing.contains(name)) {
            return;
        }
        long from = day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        long to = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        String column = table.equals("task_log") ? "ts" : "at";
        try (ResultSet strays = statement.executeQuery(HAS_STRAYS.formatted(table, column, from, column, to))) {
            strays.next();
            if (strays.getBoolean(1)) {
                LOG.warnf("%s has rows in the default partition: %s is not made", table, name);
                return;
            }
        }
        statement.execute(CREATE.formatted(name, table, from, to));
    }

    private static LocalDate today(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return LocalDate.ofInstant(Instant.ofEpochMilli(row.getLong(1)), ZoneOffset.UTC);
        }
    }

    private static List<String> existing(Statement statement, String table) throws SQLException {
        try (ResultSet rows = statement.executeQuery(EXISTING.formatted(table))) {
            List<String> result = new ArrayList<>();
            while (rows.next()) {
                result.add(rows.getString(1));
            }
            return result;
        }
    }

    private static String name(String table, LocalDate day) {
        return table + "_" + DAY.format(day);
    }
}
