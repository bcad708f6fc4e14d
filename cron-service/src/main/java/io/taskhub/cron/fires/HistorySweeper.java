package io.taskhub.cron.fires;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.sql.Database;
import io.taskhub.cron.sql.DatabaseException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Forgets fires that are over and older than the history is long, a few thousand at a time. */
@Singleton
public class HistorySweeper {
    private static final Logger LOG = Logger.getLogger(HistorySweeper.class);
    private static final int AT_ONCE = 5_000;

    private static final String SWEEP = """
            DELETE FROM fire WHERE id IN (
                SELECT id FROM fire
                WHERE recorded_ms < (SELECT clock()) - ? AND state IN ('created', 'skipped', 'failed')
                ORDER BY recorded_ms LIMIT ?)""";

    private final Database database;
    private final long historyMs;

    @Inject
    public HistorySweeper(Database database, CronConfig config) {
        this.database = database;
        this.historyMs = config.history().toMillis();
    }

    @Scheduled(every = "10m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            while (runOnce() == AT_ONCE) {
                LOG.debug("more of the history is to be forgotten");
            }
        } catch (DatabaseException e) {
            LOG.debugf("the history is swept later: %s", e.getMessage());
        }
    }

    /** @return how many were forgotten */
    public int runOnce() {
        return database.update(SWEEP, historyMs, AT_ONCE);
    }
}
