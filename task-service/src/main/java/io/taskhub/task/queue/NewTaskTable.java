package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** SQL that brings tasks into being, many at a time. */
@ApplicationScoped
class NewTaskTable {
    /** Time, this transaction's id (to ask for after a lost COMMIT answer) and as many numbers as are wanted. */
    private static final String BEGIN =
            "SELECT clock(), pg_current_xact_id()::text, nextval('task_number') FROM generate_series(1, ?)";

    private static final String INSERT_TASKS = """
            INSERT INTO task (id, number, run_at, created_at, updated_at, finished_at, timeout_ms, seq, max_attempts, state,
                percent, priority, origin, child, timeout_final, has_unique, queue, type, retry, labels, run_id, logical_id)
            SELECT id, number, run_at, created_at, created_at, finished_at, timeout_ms, seq, max_attempts, state,
                CASE WHEN state = 4 THEN 100 ELSE 0 END, priority, origin, child, timeout_final, has_unique, queue, type, retry,
                coalesce(string_to_array(labels, E'\\x1f'), '{}'), run_id, logical_id
            FROM unnest(?::uuid[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::bigint[], ?::int[], ?::int[],
                ?::int[], ?::int[], ?::int[], ?::bool[], ?::bool[], ?::bool[], ?::text[], ?::text[], ?::text[], ?::text[],
                ?::text[], ?::text[])
            AS n (id, number, run_at, created_at, finished_at, timeout_ms, seq, max_attempts, state, priority, origin,
                child, timeout_final, has_unique, queue, type, retry, labels, run_id, logical_id)
            """;

    private static final String INSERT_DETAILS = """
            INSERT INTO task_detail (task_id, name, kind, payload, params, metadata, created_by, cron_job_id, parent, batch)
            SELECT * FROM unnest(?::uuid[], ?::text[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[],
                ?::uuid[])
            """;

    private static final String INSERT_RESULTS = """
            INSERT INTO task_result (task_id, exit_code, stdout, stderr, cut, message)
            SELECT id, code, '', '', false, message FROM unnest(?::uuid[], ?::int[], ?::text[]) AS r (id, code, message)
            """;

    private static final String INSERT_QUEUES =
            "INSERT INTO queue (name) SELECT * FROM unnest(?::text[]) ON CONFLICT DO NOTHING";

    private static final String LABEL_SEPARATOR = "\u001f";
    private static final String EMPTY_OBJECT = "{}";

    private final EventHistory history;

    NewTaskTable(EventHistory history) {
        this.history = history;
    }

    /** What a transaction of creates begins with. */
    record Beginning(long now, String transaction, List<Long> numbers) {}

    Beginning begin(Connection connection, int tasks) throws SQLException {
        List<Long> numbers = new ArrayList<>(tasks);
        try (Binder query = Binder.prepare(connection, BEGIN)) {
            query.integer(Math.max(1, tasks));
            try (ResultSet rows = query.statement().executeQuery()) {
                rows.next();
                long now = rows.getLong(1);
                String transaction = rows.getString(2);
                for (int i = 0; i < tasks; i++) {
                    numbers.add(rows.getLong(3));
                    rows.next();
                }
                return new Beginning(now, transaction, numbers);
            }
        }
    }

    /** Tasks, details and events go out in one round trip. */
    void insertInTransaction(Connection connection, List<NewRow> rows) throws SQLException {
        List<TaskEvent> events = new ArrayList<>(rows.size() + 4);
        rows.forEach(r -> r.addEvents(events));
        String all = INSERT_TASKS + ";" + INSERT_DETAILS + ";" + EventHistory.appendStatement();
        try (Binder insert = Binder.prepare(connection, all)) {
            bindTasks(insert, rows);
            bindDetails(insert, rows);
            history.bindAppend(insert, events).statement().execute();
        }
        insertEnded(connection, rows.stream().filter(NewRow::ended).toList());
    }

    void insertQueues(Connection connection, Collection<String> names) throws SQLException {
        try (Binder insert = Binder.prepare(connection, INSERT_QUEUES)) {
            insert.texts(names.stream().sorted().toList()).statement().executeUpdate();
        }
    }

    private static void bindTasks(Binder insert, List<NewRow> rows) throws SQLException {
        insert.ids(rows, r -> r.id().uuid())
                .numbers(rows, NewRow::number)
                .numbers(rows, NewRow::runAt)
                .numbers(rows, NewRow::now)
                .nullableNumbers(rows, r -> r.ended() ? (Long) r.now() : null)
                .numbers(rows, r -> r.task().limits().timeout().toMillis())
                .integers(rows, NewRow::lastSeq)
                .integers(rows, r -> r.task().limits().maxAttempts())
                .integers(rows, r -> Codes.of(r.state()))
                .integers(rows, r -> r.task().priority())
                .integers(rows, r -> Codes.of(r.task().origin()));
        boolean[] child = new boolean[rows.size()];
        boolean[] timeoutFinal = new boolean[rows.size()];
        boolean[] unique = new boolean[rows.size()];
        for (int i = 0; i < child.length; i++) {
            NewRow row = rows.get(i);
            child[i] = row.child();
            timeoutFinal[i] = row.task().limits().timeoutEndsIt();
            unique[i] = row.task().unique() instanceof NewTask.Unique.WhileOpen;
        }
        insert.array("bool", child)
                .array("bool", timeoutFinal)
                .array("bool", unique)
                .texts(rows, r -> r.task().queue())
                .texts(rows, r -> r.task().type())
                .texts(rows, r -> RetryCode.write(r.task().limits().retry()))
                .texts(rows, r -> labels(r.task()))
                .texts(rows, r -> r.task().link().runId())
                .texts(rows, r -> r.task().link().logicalId());
    }

    private static void bindDetails(Binder insert, List<NewRow> rows) throws SQLException {
        insert.ids(rows, r -> r.id().uuid())
                .texts(rows, r -> said(r).name())
                .integers(rows, r -> said(r).kind())
                .texts(rows, r -> said(r).payload())
                .texts(rows, r -> said(r).params().equals(said(r).payload()) ? null : said(r).params())
                .texts(rows, r -> said(r).metadata().equals(EMPTY_OBJECT) ? null : said(r).metadata())
                .texts(rows, r -> said(r).createdBy())
                .texts(rows, r -> r.task().link().cronJobId())
                .ids(
                        rows,
                        r -> r.task().link().parent() == null
                                ? null
                                : r.task().link().parent().uuid())
                .ids(rows, r -> r.task().link().batch());
    }

    private static Task.Description said(NewRow row) {
        return row.task().description();
    }

    private static String labels(NewTask task) {
        return String.join(LABEL_SEPARATOR, task.labels());
    }

    /** Born finished: their result and their place in the counts. */
    private static void insertEnded(Connection connection, List<NewRow> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (Binder insert = Binder.prepare(connection, INSERT_RESULTS)) {
            insert.ids(rows, r -> r.id().uuid())
                    .integers(rows, NewRow::exitCode)
                    .texts(rows, NewRow::message);
            insert.statement().executeUpdate();
        }
        Counts counts = new Counts();
        rows.forEach(r -> counts.add(r.task().queue(), r.state(), 1));
        counts.saveInTransaction(connection);
    }
}
