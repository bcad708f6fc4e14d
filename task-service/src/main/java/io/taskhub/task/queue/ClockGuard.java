package io.taskhub.task.queue;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.ResultSet;

/** A moved clock is for tests: everywhere else the service refuses to start on one. */
@ApplicationScoped
class ClockGuard {
    private static final String OFFSET = "SELECT ms FROM clock_offset";

    void check(@Observes StartupEvent event, Database database, TaskServiceConfig config) {
        long offset = database.read(connection -> {
            try (Binder query = Binder.prepare(connection, OFFSET);
                    ResultSet row = query.statement().executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
        if (offset != 0 && !config.testClock()) {
            throw new IllegalStateException("the engine's clock is moved by " + offset
                    + " ms: set clock_offset.ms to 0 (only tests run with taskhub.task.test-clock)");
        }
    }
}
