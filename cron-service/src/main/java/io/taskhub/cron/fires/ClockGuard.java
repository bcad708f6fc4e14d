package io.taskhub.cron.fires;

import io.quarkus.runtime.StartupEvent;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.sql.Database;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/** A moved clock is for tests: everywhere else the service refuses to start on one. */
@Singleton
class ClockGuard {
    private static final String OFFSET = "SELECT ms FROM clock_offset";

    void check(@Observes StartupEvent event, Database database, CronConfig config) {
        long offset = database.rows(OFFSET, row -> row.getLong(1)).getFirst();
        if (offset != 0 && !config.testClock()) {
            throw new IllegalStateException("cron's clock is moved by " + offset
                    + " ms: set clock_offset.ms to 0 (only tests run with taskhub.cron.test-clock)");
        }
    }
}
