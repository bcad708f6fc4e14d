package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.TaskCatalog;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL for looking over all tasks. Every statement reads a bounded part of them, or a partial index that holds few. */
@ApplicationScoped
class CatalogReader implements TaskCatalog {
    private static final Duration TOLD_FOR = Duration.ofSeconds(1);
    private static final int LISTED_PAYLOAD_BYTES = 65_536;

    private static final String EVERY = "WITH base AS NOT MATERIALIZED (SELECT number, type FROM task)";

    /** Read by their partial indexes and sorted after that. */
    private static final String QUEUED = """
            WITH base AS MATERIALIZED (
                SELECT number, type FROM (%s) w
                UNION SELECT number, type FROM (%s) h WHERE state IN (0, 1, 3)
                UNION SELECT number, type FROM (SELECT number, type, state FROM task ORDER BY number DESC LIMIT %d) n
                WHERE state IN (0, 1, 3) AND %s)
            """.formatted(TaskList.WAITING, TaskList.HELD, REACH, TaskList.BACKLOG);

    private static final String RUNNING =
            "WITH base AS MATERIALIZED (SELECT number, type FROM (" + TaskList.RUNNING + ") r)";

    /** They have no index: so many of all are looked through. */
    private static final String SUCCEEDED = """
            WITH base AS NOT MATERIALIZED (
                SELECT number, type FROM (SELECT number, type, state FROM task ORDER BY number DESC LIMIT ?) n
                WHERE state = 4)
            """;

    /** By their partial index, in its order. */
    private static final String FAILED =
            "WITH base AS NOT MATERIALIZED (SELECT number, type FROM task WHERE state = 5)";

    private static final String CANCELED =
            "WITH base AS NOT MATERIALIZED (SELECT number, type FROM task WHERE state = 6)";

    /** After one of the bases above. Without a choice of types the scope is no larger than the page needs. */
    private static final String PAGE = """
            , scope AS MATERIALIZED (SELECT number, type FROM base ORDER BY number DESC LIMIT ?),
            fitting AS MATERIALIZED (
                SELECT number FROM scope WHERE (cardinality(?::text[]) = 0 OR type = ANY (?)) AND NOT type = ANY (?)),
            page AS MATERIALIZED (SELECT number FROM fitting ORDER BY number DESC LIMIT ? OFFSET ?)
            """;

    /** In {@link TaskReader}'s order of columns. Sorted later: here it would make the planner walk all tasks by number. */
    private static final String TASKS = """
            SELECT t.id, t.number, t.origin, t.state, t.queue, t.type, t.priority, t.cancel_requested, t.percent,
                d.name, d.kind, CASE WHEN octet_length(d.payload) <= ? THEN d.payload ELSE '{}' END, NULL, NULL, d.created_by,
                t.run_id, t.logical_id, d.cron_job_id, d.parent, d.batch,
                t.attempt, t.max_attempts, t.timeout_ms, t.timed_out,
                t.created_at, t.updated_at, t.run_at, t.started_at, t.finished_at,
                r.exit_code, CASE WHEN r.message IS NULL THEN NULL ELSE '' END,
                CASE WHEN r.message = '' THEN left(r.stderr, ?) ELSE '' END, left(r.message, ?), NULL
            FROM page p JOIN task t ON t.number = p.number JOIN task_detail d ON d.task_id = t.id
            LEFT JOIN task_result r ON r.task_id = t.id
            """;

    private static final String COUNT = "SELECT count(*) FROM fitting";

    /** Open tasks by their partial indexes, ended ones by the sums of their deltas. */
    private static final String TOTALS = """
            SELECT 1, count(*) FROM task WHERE state IN (0, 1, 3) AND NOT held
            UNION ALL SELECT 1, count(*) FROM task WHERE held AND state IN (0, 1, 3)
            UNION ALL SELECT 2, count(*) FROM task WHERE state = 2
            UNION ALL SELECT state, sum(n) FROM queue_count WHERE state < 7 GROUP BY state
            """;

    private static final String RECENTLY = """
            WITH newest AS MATERIALIZED (SELECT state, finished_at FROM task ORDER BY number DESC LIMIT ?),
            failed AS MATERIALIZED (SELECT finished_at FROM task WHERE state = 5 ORDER BY number DESC LIMIT ?),
            canceled AS MATERIALIZED (SELECT finished_at FROM task WHERE state = 6 ORDER BY number DESC LIMIT ?),
            since AS MATERIALIZED (SELECT clock() - ? AS at)
            SELECT (SELECT count(*) FROM newest n, since WHERE n.state = 4 AND n.finished_at >= since.at),
                (SELECT count(*) FROM failed f, since WHERE f.finished_at >= since.at),
                (SELECT count(*) FROM canceled c, since WHERE c.finished_at >= since.at),
                (SELECT count(*) FROM newest)
            """;

    private static final String HOW = "SELECT labels, retry, timeout_final FROM task WHERE id = ?";

    private final Database database;
    private final TaskReader reader;
    private volatile @Nullable Told told;

    /** @param at of {@link System#nanoTime} */
    private record Told(Duration window, Totals totals, long at) {}

    CatalogReader(Database database, TaskReader reader) {
        this.database = database;
        this.reader = reader;
    }

    @Override
    public Page page(Query query) {
        String page = base(query.phase()) + PAGE;
        return database.read(connection -> {
            List<Task> tasks;
            try (Binder select = Binder.prepare(connection, page + TASKS)) {
                bind(select, query)
                        .integer(LISTED_PAYLOAD_BYTES)
                        .integer(TaskReader.LISTED_OUTPUT_CHARS)
                        .integer(TaskReader.LISTED_OUTPUT_CHARS);
                tasks = TaskReader.read(select);
                tasks.sort(Comparator.comparingLong(Task::number).reversed());
            }
            return new Page(
                    tasks, query.choosesTypes() ? count(connection, page + COUNT, query) : total(connection, query));
        });
    }

    private static Binder bind(Binder binder, Query query) throws SQLException {
        List<String> types = List.copyOf(query.types());
        int page = query.offset() + query.size();
        if (query.phase() == Phase.SUCCEEDED) {
            binder.integer(REACH + page);
        }
        return binder.integer(query.choosesTypes() ? REACH : page)
                .texts(types)
                .texts(types)
                .texts(List.copyOf(query.notTypes()))
                .integer(query.size())
                .integer(query.offset());
    }

    private static String base(@Nullable Phase phase) {
        return switch (phase) {
            case null -> EVERY;
            case QUEUED -> QUEUED;
            case RUNNING -> RUNNING;
            case SUCCEEDED -> SUCCEEDED;
            case FAILED -> FAILED;
            case CANCELED -> CANCELED;
        };
    }

    private static long count(Connection connection, String sql, Query query) throws SQLException {
        try (Binder count = bind(Binder.prepare(connection, sql), query);
                ResultSet row = count.statement().executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long total(Connection connection, Query query) throws SQLException {
        return totals(connection, new Ends(0, 0, 0), false).of(query.phase());
    }

    /** Those of so many tasks that they were not all looked at are told for a second: that look costs the most of all. */
    @Override
    public Totals totals(Duration window) {
        Told before = told;
        if (before != null && before.window().equals(window) && System.nanoTime() - before.at() < TOLD_FOR.toNanos()) {
            return before.totals();
        }
        Totals totals = database.read(connection -> totals(connection, window));
        told = totals.cut() ? new Told(window, totals, System.nanoTime()) : null;
        return totals;
    }

    private static Totals totals(Connection connection, Duration window) throws SQLException {
        try (Binder recently = Binder.prepare(connection, RECENTLY)
                        .integer(REACH)
                        .integer(REACH)
                        .integer(REACH)
                        .number(window.toMillis());
                ResultSet row = recently.statement().executeQuery()) {
            row.next();
            Ends ends = new Ends(row.getLong(1), row.getLong(2), row.getLong(3));
            return totals(connection, ends, row.getLong(4) == REACH);
        }
    }

    private static Totals totals(Connection connection, Ends recently, boolean cut) throws SQLException {
        long[] byState = new long[Counts.GONE];
        try (Binder query = Binder.prepare(connection, TOTALS);
                ResultSet rows = query.statement().executeQuery()) {
            while (rows.next()) {
                byState[rows.getInt(1)] += rows.getLong(2);
            }
        }
        Ends all = new Ends(
                byState[Codes.of(TaskState.COMPLETED)],
                byState[Codes.of(TaskState.ARCHIVED)],
                byState[Codes.of(TaskState.CANCELLED)]);
        return new Totals(
                byState[Codes.of(TaskState.PENDING)], byState[Codes.of(TaskState.ACTIVE)], all, recently, cut);
    }

    @Override
    public Optional<NewTask> asOrdered(TaskId id) {
        return Optional.ofNullable(reader.findAll(List.of(id)).get(id))
                .flatMap(task -> database.read(connection -> {
                    try (Binder query = Binder.prepare(connection, HOW).id(id.uuid());
                            ResultSet row = query.statement().executeQuery()) {
                        return row.next() ? Optional.of(again(task, row)) : Optional.<NewTask>empty();
                    }
                }));
    }

    private static NewTask again(Task task, ResultSet how) throws SQLException {
        List<String> labels = List.of((String[]) how.getArray(1).getArray());
        Task.Runs runs = task.runs();
        return new NewTask(
                null,
                task.origin(),
                task.type(),
                task.queue(),
                task.priority(),
                labels,
                null,
                new NewTask.Limits(
                        runs.maxAttempts(), RetryCode.read(how.getString(2)), runs.timeout(), how.getBoolean(3)),
                task.description(),
                Task.Link.NONE,
                null,
                null);
    }
}
