package io.taskhub.dag.retention;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.dag.DagServiceConfig;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import io.taskhub.dag.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Deletes runs that ended long enough ago (decisions §1), each with its nodes and events in one transaction. Small transactions; one
 * replica at a time; stopping in the middle leaves nothing half done.
 */
@ApplicationScoped
public class RetentionSweeper {
    private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);

    /** Runs looked at together. */
    private static final int LOOK = 500;

    /** Nodes that go in one transaction, unless a single run has more; each has about eight events. */
    private static final int NODES = 5_000;

    private static final String NOW = "SELECT clock()";
    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(" + 0x64616772_0001L + ")";

    /** In the order of their start: what ended long enough ago was started at least as long ago. */
    private static final String LOOK_AT = """
            SELECT id, start_ms, total,
                NOT open AND ((status = 1 AND end_ms < ?) OR (status IN (2, 3) AND end_ms < ?)) AS due
              FROM run WHERE start_ms < ? AND (start_ms, id) > (?, ?) ORDER BY start_ms, id LIMIT ?
            """;

    /** Says it again, since a run may have been begun anew in between. */
    private static final String DELETE_RUNS = """
            DELETE FROM run WHERE id = ANY (?) AND NOT open
               AND ((status = 1 AND end_ms < ?) OR (status IN (2, 3) AND end_ms < ?)) RETURNING id
            """;

    private static final List<String> DELETE_PARTS = List.of(
            "DELETE FROM run_event WHERE run_id = ANY (?)",
            "DELETE FROM node_run WHERE run_id = ANY (?)",
            "DELETE FROM node WHERE run_id = ANY (?)");

    private final Database database;
    private final DagServiceConfig.Retention retention;

    RetentionSweeper(Database database, DagServiceConfig config) {
        this.database = database;
        this.retention = config.retention();
    }

    private record Due(long success, long other) {
        long latest() {
            return Math.max(success, other);
        }
    }

    private record Old(String id, long startMs, int total, boolean due) {}

    @Scheduled(every = "30m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            int gone = runOnce();
            if (gone > 0) {
                LOG.infof("%d runs were past their retention", gone);
            }
        } catch (DatabaseException e) {
            LOG.warnf("not swept: %s", e.getMessage());
        }
    }

    /** Everything that is due, to the end. Returns how many runs went. */
    public int runOnce() {
        long now = database.read(RetentionSweeper::clock);
        Due due = new Due(
                now - retention.success().toMillis(), now - retention.other().toMillis());
        int gone = 0;
        Old last = new Old("", Long.MIN_VALUE, 0, false);
        List<Old> page;
        do {
            Old after = last;
            page = database.read(connection -> lookAt(connection, due, after));
            gone += delete(page.stream().filter(Old::due).toList(), due);
            last = page.isEmpty() ? last : page.getLast();
        } while (page.size() == LOOK);
        return gone;
    }

    private int delete(List<Old> runs, Due due) {
        int gone = 0;
        int nodes = 0;
        List<String> batch = new ArrayList<>();
        for (Old run : runs) {
            if (!batch.isEmpty() && nodes + run.total() > NODES) {
                gone += deleteNow(List.copyOf(batch), due);
                batch.clear();
                nodes = 0;
            }
            batch.add(run.id());
            nodes += run.total();
        }
        return batch.isEmpty() ? gone : gone + deleteNow(List.copyOf(batch), due);
    }

    private int deleteNow(List<String> runs, Due due) {
        return database.write(connection -> {
            if (!tryLock(connection)) {
                return 0;
            }
            List<String> gone = new ArrayList<>();
            try (Columns delete = new Columns(connection, DELETE_RUNS)
                            .array("text", runs.toArray())
                            .set(due.success())
                            .set(due.other());
                    ResultSet row = delete.statement().executeQuery()) {
                while (row.next()) {
                    gone.add(row.getString(1));
                }
            }
            for (String part : DELETE_PARTS) {
                try (Columns delete = new Columns(connection, part).array("text", gone.toArray())) {
                    delete.statement().executeUpdate();
                }
            }
            return gone.size();
        });
    }

    private static List<Old> lookAt(Connection connection, Due due, Old after) throws SQLException {
        List<Old> found = new ArrayList<>();
        try (Columns query = new Columns(connection, LOOK_AT)
                        .set(due.success())
                        .set(due.other())
                        .set(due.latest())
                        .set(after.startMs())
                        .set(after.id())
                        .set(LOOK);
                ResultSet row = query.statement().executeQuery()) {
            while (row.next()) {
                found.add(new Old(row.getString(1), row.getLong(2), row.getInt(3), row.getBoolean(4)));
            }
        }
        return found;
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Columns query = new Columns(connection, TRY_LOCK);
                ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static long clock(Connection connection) throws SQLException {
        try (Columns query = new Columns(connection, NOW);
                ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
