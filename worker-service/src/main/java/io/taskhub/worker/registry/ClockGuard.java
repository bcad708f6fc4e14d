package io.taskhub.worker.registry;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.worker.WorkerConfig;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Refuses to start on a database whose clock a test has set off, unless tests are what this process is for. */
@Singleton
public class ClockGuard {
    private final DataSource database;
    private final boolean allowed;

    @Inject
    public ClockGuard(DataSource database, WorkerConfig config) {
        this.database = database;
        this.allowed = config.testClock();
    }

    void check(@Observes StartupEvent start) throws SQLException {
        if (allowed) {
            return;
        }
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT 1 FROM clock_offset WHERE ahead <> interval '0'")) {
            if (rows.next()) {
                throw new IllegalStateException("the database's clock is set off (worker.clock_offset is not zero),"
                        + " which only taskhub.worker.test-clock=true allows");
            }
        }
    }
}
