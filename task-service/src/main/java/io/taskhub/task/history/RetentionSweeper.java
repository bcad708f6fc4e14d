package io.taskhub.task.history;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.artifact.Artifacts;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the database as large as retention says (decisions §1): finished tasks and their files go after their time, days of history after the
 * longest of them, expired keys at once, and the deltas of the counts are added up. Small transactions; one replica at a time;
 * stopping in the middle leaves nothing half done.
 */
@ApplicationScoped
class RetentionSweeper {
    private static final Logger LOG = Logger.getLogger(RetentionSweeper.class);
    private static final int BATCH = 2_000;
    private static final int DELTAS_WORTH_ADDING_UP = 500;

    private static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(" + 0x7461736b_0003L + ")";
    private static final String NOW = "SELECT clock()";

    /**
     * Walks the tasks in the order of their ids, that is of their creation: what finished long enough ago was made at least as
     * long ago. Gives the last id looked at, null at the end.
     */
    private static final String EXPIRE = """
            WITH looked_at AS (
                SELECT id, queue, state, finished_at FROM task WHERE id > ? AND id < ? ORDER BY id LIMIT ?),
            gone AS (
                DELETE FROM task t USING looked_at l
                 WHERE t.id = l.id AND t.state = l.state
                   AND ((l.state = 4 AND l.finished_at < ?) OR (l.state IN (5, 6) AND l.finished_at < ?))
                RETURNING t.id, t.queue, t.state),
            details AS (DELETE FROM task_detail d USING gone WHERE d.task_id = gone.id),
            files AS (DELETE FROM artifact a USING gone WHERE a.task_id = gone.id RETURNING a.task_id),
            results AS (DELETE FROM task_result r USING gone WHERE r.task_id = gone.id),
            keys AS (
                DELETE FROM unique_key u USING gone WHERE u.task_id = gone.id AND NOT starts_with(u.key, 'order:')),
            counted AS (
                INSERT INTO queue_count (queue, state, n)
                SELECT queue, state, -count(*) FROM gone GROUP BY queue, state
                UNION ALL SELECT queue, 7, count(*) FROM gone GROUP BY queue)
            SELECT (SELECT id FROM looked_at ORDER BY id DESC LIMIT 1), (SELECT count(*) FROM gone),
                   (SELECT array_agg(DISTINCT task_id) FROM files)
            """;

    private static final String EXPIRE_ONCE = "DELETE FROM once WHERE until < (SELECT clock())";
    private static final String EXPIRE_UNIQUE = """
            DELETE FROM unique_key u WHERE until < (SELECT clock())
               AND NOT EXISTS (SELECT FROM task t WHERE t.id = u.task_id AND t.state < 4)
            """;
    private static final String FORGET_SESSIONS = """
            DELETE FROM worker_session s WHERE last_seen < (SELECT clock()) - 3600000
               AND NOT EXISTS (SELECT FROM task t WHERE t.session = s.id AND t.state = 2)
            """;

    private static final String COUNT_DELTAS = "SELECT count(*) FROM (SELECT FROM queue_count LIMIT ?) AS few";
    private static final String ADD_UP = """
            WITH deltas AS (DELETE FROM queue_count RETURNING queue, state, n)
            INSERT INTO queue_count (queue, state, n) SELECT queue, state, sum(n) FROM deltas GROUP BY queue, state
            """;

    private final Database database;
    private final Partitions partitions;
    private final Artifacts artifacts;
    private final TaskServiceConfig.Retention retention;

    RetentionSweeper(Database database, Partitions partitions, Artifacts artifacts, TaskServiceConfig config) {
        this.database = database;
        this.artifacts = artifacts;
        this.partitions = partitions;
        this.retention = config.retention();
    }

    @Scheduled(every = "30m", delayed = "1m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            var unused = runOnce();
        } catch (DatabaseException e) {
            LOG.warnf("not swept: %s", e.getMessage());
        }
    }

    /** Everything that is due, to the end. Returns how many tasks went. */
    long runOnce() {
        partitions.ensure();
        long now = database.read(RetentionSweeper::clock);
        long completedBefore = now - retention.completed().toMillis();
        long failedBefore = now - retention.failed().toMillis();
        long longest = Math.min(completedBefore, failedBefore);
        long gone = expireTasks(completedBefore, failedBefore, Math.max(completedBefore, failedBefore));
        database.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(EXPIRE_ONCE);
                statement.executeUpdate(EXPIRE_UNIQUE);
                return statement.executeUpdate(FORGET_SESSIONS);
            }
        });
        partitions.dropBefore(LocalDate.ofInstant(Instant.ofEpochMilli(longest), ZoneOffset.UTC));
        if (gone > 0) {
            LOG.infof("%d finished tasks were past their retention", gone);
        }
        return gone;
    }

    private long expireTasks(long completedBefore, long failedBefore, long madeBefore) {
        UUID end = new UUID(madeBefore << 16, 0);
        UUID cursor = new UUID(0, 0);
        long total = 0;
        while (true) {
            UUID from = cursor;
            Step step = database.write(connection -> expire(connection, from, end, completedBefore, failedBefore));
            artifacts.dropAll(step.withFiles());
            total += step.gone();
            if (step.last() == null) {
                return total;
            }
            cursor = step.last();
        }
    }

    /** How far one batch came: {@code last} is null at the end, or when another replica is at it. */
    private record Step(@Nullable UUID last, long gone, List<TaskId> withFiles) {}

    private static Step expire(Connection connection, UUID from, UUID end, long completedBefore, long failedBefore)
            throws SQLException {
        if (!tryLock(connection)) {
            return new Step(null, 0, List.of());
        }
        try (Binder expire = Binder.prepare(connection, EXPIRE)) {
            expire.id(from).id(end).integer(BATCH).number(completedBefore).number(failedBefore);
            try (ResultSet row = expire.statement().executeQuery()) {
                row.next();
                return new Step(row.getObject(1, UUID.class), row.getLong(2), tasks(row.getArray(3)));
            }
        }
    }

    private static List<TaskId> tasks(@Nullable Array ids) throws SQLException {
        return ids == null
                ? List.of()
                : Arrays.stream((UUID[]) ids.getArray()).map(TaskId::new).toList();
    }

    /** Readers sum the deltas, so there must not be many. */
    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void addUp() {
        try {
            addUpCounts();
        } catch (DatabaseException e) {
            LOG.debugf("counts not added up: %s", e.getMessage());
        }
    }

    void addUpCounts() {
        database.write(connection -> {
            if (tryLock(connection) && deltas(connection) >= DELTAS_WORTH_ADDING_UP) {
                try (PreparedStatement addUp = connection.prepareStatement(ADD_UP)) {
                    return addUp.executeUpdate();
                }
            }
            return 0;
        });
    }

    private static int deltas(Connection connection) throws SQLException {
        try (Binder count = Binder.prepare(connection, COUNT_DELTAS)) {
            count.integer(DELTAS_WORTH_ADDING_UP);
            try (ResultSet row = count.statement().executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY_LOCK)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private static long clock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(NOW)) {
            row.next();
            return row.getLong(1);
        }
    }
}
