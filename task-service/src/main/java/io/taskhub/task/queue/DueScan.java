package io.taskhub.task.queue;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Once a second, while somebody waits for work: which queues have tasks that are due, and what falls due before the next scan.
 * It sees what no signal told of: the passing of time, other replicas, and what was lost in a crash.
 */
@ApplicationScoped
class DueScan {
    private static final Logger LOG = Logger.getLogger(DueScan.class);

    /** Per queue and priority the oldest that is due, and the next few that will be. */
    private static final String SCAN = """
            WITH clk AS MATERIALIZED (SELECT clock() AS now)
            SELECT q.name, d.run_at - (SELECT now FROM clk) AS delay
            FROM unnest(?::text[]) AS q (name) CROSS JOIN unnest(?::int[]) AS p (priority)
            CROSS JOIN LATERAL (
                (SELECT t.run_at FROM task t WHERE t.queue = q.name AND t.priority = p.priority
                    AND t.state IN (0, 1, 3) AND NOT t.held AND t.run_at <= (SELECT now FROM clk)
                 ORDER BY t.run_at LIMIT 1)
                UNION ALL
                (SELECT t.run_at FROM task t WHERE t.queue = q.name AND t.priority = p.priority
                    AND t.state IN (0, 1, 3) AND NOT t.held
                    AND t.run_at > (SELECT now FROM clk) AND t.run_at <= (SELECT now FROM clk) + ?
                 ORDER BY t.run_at LIMIT 20)) d
            """;

    private final Database database;
    private final Queues queues;
    private final Waiters waiters;
    private final Signals signals;

    DueScan(Database database, Queues queues, Waiters waiters, Signals signals) {
        this.database = database;
        this.queues = queues;
        this.waiters = waiters;
        this.signals = signals;
    }

    /** What is there before the first claim. */
    @Startup
    void begin() {
        queues.refresh();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        if (!waiters.isEmpty()) {
            try {
                runOnce();
            } catch (DatabaseException e) {
                LOG.debugf("no scan for due tasks: %s", e.getMessage());
            }
        }
    }

    void runOnce() {
        queues.refresh();
        List<String> names = queues.names();
        if (!names.isEmpty()) {
            database.read(connection -> scan(connection, names));
        }
    }

    private int scan(Connection connection, List<String> names) throws SQLException {
        int found = 0;
        try (Binder query = Binder.prepare(connection, SCAN)) {
            query.texts(names).array("int4", Claims.PRIORITIES).number(Signals.SOON_MS);
            try (ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    found++;
                    long delay = rows.getLong(2);
                    if (delay <= 0) {
                        signals.arrived(rows.getString(1), 1);
                    } else {
                        signals.soon(rows.getString(1), delay);
                    }
                }
            }
        }
        return found;
    }
}
