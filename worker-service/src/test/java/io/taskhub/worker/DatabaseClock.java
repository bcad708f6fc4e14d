package io.taskhub.worker;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Moves the registry's time. */
@Singleton
public class DatabaseClock {
    private final DataSource database;

    @Inject
    public DatabaseClock(DataSource database) {
        this.database = database;
    }

    public void ahead(int seconds) {
        execute("UPDATE clock_offset SET ahead = make_interval(secs => " + seconds + ")");
    }

    /** As it was, with an empty registry. */
    public void reset() {
        ahead(0);
        execute("TRUNCATE remote_worker, dispatch");
    }

    private void execute(String sql) {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
