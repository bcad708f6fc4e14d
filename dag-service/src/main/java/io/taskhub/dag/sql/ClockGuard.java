package io.taskhub.dag.sql;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.dag.DagServiceConfig;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.ResultSet;

/** A moved clock is for tests: everywhere else the service refuses to start on one. */
@ApplicationScoped
class ClockGuard {
    private static final String OFFSET = "SELECT ms FROM clock_offset";

    void check(@Observes StartupEvent event, Database database, DagServiceConfig config) {
        long offset = database.read(connection -> {
            try (Columns query = new Columns(connection, OFFSET);
                    ResultSet row = query.statement().executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        if (offset != 0 && !config.testClock()) {
            throw new IllegalStateException("the service's clock is moved by " + offset
                    + " ms: set clock_offset.ms to 0 (only tests run with taskhub.dag.test-clock)");
        }
    }
}
