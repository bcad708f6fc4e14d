package io.taskhub.dag.run;

import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;

/** The schema's {@code clock()}, without a round trip per look: the system's clock and how far the other was ahead when last compared. */
@Singleton
class RunClock {
    private final Database database;
    private volatile long ahead;

    RunClock(Database database) {
        this.database = database;
    }

    /** Epoch milliseconds. */
    long millis() {
        return System.currentTimeMillis() + ahead;
    }

    /** Called once a second, and before the first run. */
    void compare() {
        ahead = database.read(connection -> {
            try (Columns query = new Columns(connection, "SELECT clock()");
                    ResultSet row = query.statement().executeQuery()) {
                row.next();
                return row.getLong(1) - System.currentTimeMillis();
            }
        });
    }
}
