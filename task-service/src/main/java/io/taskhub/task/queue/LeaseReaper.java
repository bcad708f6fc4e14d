package io.taskhub.task.queue;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Ends what nobody reports any more: gives back the tasks of sessions that went silent, and times out tasks that are past their
 * deadline. After a start, or when its own runs have failed for a while, it leaves the sessions one lease to be heard of again:
 * the silence may have been the service's or the database's.
 */
@ApplicationScoped
class LeaseReaper {
    private static final Logger LOG = Logger.getLogger(LeaseReaper.class);
    private static final long OUTAGE_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final int BATCH = 1000;
    private static final int BATCHES = 20;
    private static final String NOW = "SELECT clock()";

    /** A session that is not known at all has never sent a heartbeat to this database: as good as silent. */
    private static final String SILENT = """
            SELECT t.id, t.session, t.claim FROM task t LEFT JOIN worker_session s ON s.id = t.session
            WHERE t.state = 2 AND greatest(coalesce(s.last_seen, 0), t.claimed_at) < ? LIMIT ?
            """;

    private static final String OVERDUE =
            "SELECT t.id, t.session, t.claim FROM task t WHERE t.state = 2 AND t.deadline < ? LIMIT ?";

    private final Database database;
    private final Settler settler;
    private final long leaseMs;
    private final long graceMs;
    private long quietUntil;
    private long lastSuccess;
    private boolean started;

    LeaseReaper(Database database, Settler settler, TaskServiceConfig config) {
        this.database = database;
        this.settler = settler;
        this.leaseMs = config.leases().length().toMillis();
        this.graceMs = config.leases().deadlineGrace().toMillis();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            runOnce();
        } catch (DatabaseException e) {
            // The next round finds out that there was an outage, and waits a lease.
            LOG.warnf("leases not looked after: %s", e.getMessage());
        }
    }

    private record Held(UUID session, int claim) {}

    /** One round; safe beside other replicas' rounds. */
    synchronized void runOnce() {
        long now = database.read(LeaseReaper::now);
        if (!started || System.nanoTime() - lastSuccess > OUTAGE_NANOS) {
            quietUntil = now + leaseMs;
            started = true;
        }
        reap(OVERDUE, now - graceMs, Settlement::overdue);
        if (now >= quietUntil) {
            reap(SILENT, now - leaseMs, Settlement::leaseLost);
        }
        lastSuccess = System.nanoTime();
    }

    @FunctionalInterface
    private interface Verdict {
        void on(Settlement settlement, Draft draft);
    }

    private void reap(String sql, long before, Verdict verdict) {
        for (int i = 0; i < BATCHES; i++) {
            Map<TaskId, Held> found = database.read(connection -> find(connection, sql, before));
            if (!found.isEmpty()) {
                settler.settle(List.copyOf(found.keySet()), (settlement, draft) -> {
                    Held held = found.get(draft.before.id());
                    if (held != null && stillHeld(draft, held)) {
                        verdict.on(settlement, draft);
                    }
                });
            }
            if (found.size() < BATCH) {
                return;
            }
        }
    }

    private static boolean stillHeld(Draft draft, Held held) {
        return draft.state() == TaskState.ACTIVE
                && draft.before.claim() == held.claim()
                && held.session().equals(draft.before.session());
    }

    private static Map<TaskId, Held> find(Connection connection, String sql, long before) throws SQLException {
        Map<TaskId, Held> found = new HashMap<>();
        try (Binder query = Binder.prepare(connection, sql).number(before).integer(BATCH);
                ResultSet rows = query.statement().executeQuery()) {
            while (rows.next()) {
                found.put(
                        new TaskId(rows.getObject(1, UUID.class)),
                        new Held(rows.getObject(2, UUID.class), rows.getInt(3)));
            }
        }
        return found;
    }

    private static long now(Connection connection) throws SQLException {
        try (Binder query = Binder.prepare(connection, NOW);
                ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
