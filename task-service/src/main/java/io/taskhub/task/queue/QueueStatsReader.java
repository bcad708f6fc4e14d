package io.taskhub.task.queue;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.QueueStats;
import io.taskhub.task.Tasks;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** SQL that counts: open tasks by their partial indexes, ended ones by the sums of their deltas. Exact at the time of asking. */
@ApplicationScoped
class QueueStatsReader {
    private static final String NAMES = "SELECT name, paused FROM queue WHERE ?::text IS NULL OR name = ?";

    private static final String COUNTS = """
            SELECT queue, state, count(*), min(run_at) FROM task
            WHERE state IN (0, 1, 3) AND NOT held AND (?::text IS NULL OR queue = ?) GROUP BY queue, state
            UNION ALL
            SELECT queue, state, count(*), min(run_at) FROM task
            WHERE held AND state IN (0, 1, 3) AND (?::text IS NULL OR queue = ?) GROUP BY queue, state
            UNION ALL
            SELECT queue, state, count(*), 0 FROM task
            WHERE state = 2 AND (?::text IS NULL OR queue = ?) GROUP BY queue, state
            UNION ALL
            SELECT queue, state, sum(n), 0 FROM queue_count WHERE (?::text IS NULL OR queue = ?) GROUP BY queue, state
            """;

    private static final String NOW = "SELECT clock()";
    private static final String WORKERS = "SELECT count(*) FROM worker_session WHERE last_seen > clock() - ?";

    private final Database database;

    QueueStatsReader(Database database) {
        this.database = database;
    }

    private static final class Sums {
        private boolean paused;
        private final long[] byState = new long[Counts.GONE + 1];
        private long oldest = Long.MAX_VALUE;

        private long of(TaskState state) {
            return byState[Codes.of(state)];
        }
    }

    List<QueueStats> read(@Nullable String queue) {
        return database.read(connection -> {
            Map<String, Sums> sums = sums(connection, queue);
            if (queue != null) {
                sums.putIfAbsent(queue, new Sums());
            }
            long now = single(connection, NOW);
            List<QueueStats> stats = new ArrayList<>();
            sums.forEach((name, s) -> stats.add(stats(name, s, now)));
            return stats;
        });
    }

    /** {@code workers} are sessions heard of within {@code aliveMs}. */
    Tasks.EngineStats readEngine(long aliveMs) {
        return database.read(connection -> {
            long workers;
            try (Binder query = Binder.prepare(connection, WORKERS).number(aliveMs)) {
                workers = single(query);
            }
            long queued = 0;
            long running = 0;
            long finished = 0;
            for (Sums s : sums(connection, null).values()) {
                queued += s.of(TaskState.SCHEDULED) + s.of(TaskState.PENDING) + s.of(TaskState.RETRY);
                running += s.of(TaskState.ACTIVE);
                finished += s.of(TaskState.COMPLETED)
                        + s.of(TaskState.ARCHIVED)
                        + s.of(TaskState.CANCELLED)
                        + s.byState[Counts.GONE];
            }
            return new Tasks.EngineStats((int) workers, queued, running, queued + running + finished, finished);
        });
    }

    private static QueueStats stats(String name, Sums s, long now) {
        double oldest = s.oldest >= now ? 0 : (now - s.oldest) / 1000.0;
        return new QueueStats(
                name,
                s.paused,
                s.of(TaskState.PENDING),
                s.of(TaskState.ACTIVE),
                s.of(TaskState.SCHEDULED),
                s.of(TaskState.RETRY),
                s.of(TaskState.ARCHIVED) + s.of(TaskState.CANCELLED),
                s.of(TaskState.COMPLETED),
                oldest);
    }

    private static Map<String, Sums> sums(Connection connection, @Nullable String queue) throws SQLException {
        Map<String, Sums> sums = new TreeMap<>();
        try (Binder query = Binder.prepare(connection, NAMES).text(queue).text(queue);
                ResultSet rows = query.statement().executeQuery()) {
            while (rows.next()) {
                sums.computeIfAbsent(rows.getString(1), n -> new Sums()).paused = rows.getBoolean(2);
            }
        }
        try (Binder query = Binder.prepare(connection, COUNTS)) {
            for (int i = 0; i < 8; i++) {
                query.text(queue);
            }
            try (ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    Sums s = sums.computeIfAbsent(rows.getString(1), n -> new Sums());
                    int state = rows.getInt(2);
                    s.byState[state] += rows.getLong(3);
                    if (state == Codes.of(TaskState.PENDING)) {
                        s.oldest = Math.min(s.oldest, rows.getLong(4));
                    }
                }
            }
        }
        return sums;
    }

    private static long single(Connection connection, String sql) throws SQLException {
        try (Binder query = Binder.prepare(connection, sql)) {
            return single(query);
        }
    }

    private static long single(Binder query) throws SQLException {
        try (ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
