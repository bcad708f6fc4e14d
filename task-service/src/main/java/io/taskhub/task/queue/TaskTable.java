package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL on the hot row of known tasks: read plainly, decided elsewhere, written only if nobody else wrote meanwhile. */
@ApplicationScoped
class TaskTable {
    private static final String LOAD = "SELECT " + Row.COLUMNS + ", clock() FROM task t WHERE t.id = ANY (?)";

    /** Guarded by the version, which stands for the state it leaves. Sorted, so that two batches lock in one order. */
    private static final String SAVE = """
            WITH u AS MATERIALIZED (
                SELECT * FROM unnest(?::uuid[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::uuid[],
                    ?::bigint[], ?::bool[], ?::bool[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::bigint[])
                AS u (id, expected, seq, state, run_at, settled_claim, attempt, lost, session, deadline,
                    cancel_requested, timed_out, progress_n, percent, log_count, updated_at, finished_at))
            UPDATE task t SET seq = u.seq, state = u.state, run_at = u.run_at, settled_claim = u.settled_claim,
                attempt = u.attempt, lost = u.lost, session = u.session, deadline = u.deadline,
                cancel_requested = u.cancel_requested, timed_out = u.timed_out, progress_n = u.progress_n,
                percent = u.percent, log_count = u.log_count, updated_at = u.updated_at, finished_at = u.finished_at
            FROM u WHERE t.id = u.id AND t.seq = u.expected
            RETURNING t.id
            """;

    private static final String SAVE_RESULTS = """
            INSERT INTO task_result (task_id, exit_code, stdout, stderr, cut, message, data)
            SELECT * FROM unnest(?::uuid[], ?::int[], ?::text[], ?::text[], ?::bool[], ?::text[], ?::text[])
            ON CONFLICT (task_id) DO UPDATE SET exit_code = excluded.exit_code, stdout = excluded.stdout,
                stderr = excluded.stderr, cut = excluded.cut, message = excluded.message, data = excluded.data
            """;

    private static final String DROP_RESULTS = "DELETE FROM task_result WHERE task_id = ANY (?)";
    private static final String FREE_UNIQUE = "DELETE FROM unique_key WHERE task_id = ANY (?)";

    private final EventHistory history;

    TaskTable(EventHistory history) {
        this.history = history;
    }

    /** Rows as they are now, and the engine's time. */
    record Loaded(Map<TaskId, Row> rows, long now) {}

    Loaded load(Connection connection, Collection<TaskId> ids) throws SQLException {
        try (Binder query = Binder.prepare(connection, LOAD)) {
            query.ids(List.copyOf(ids), TaskId::uuid);
            return read(query);
        }
    }

    /** Any query of {@link Row#COLUMNS} and {@code clock()}. */
    static Loaded read(Binder query) throws SQLException {
        Map<TaskId, Row> rows = new HashMap<>();
        long now = 0;
        try (ResultSet result = query.statement().executeQuery()) {
            while (result.next()) {
                Row row = Row.read(result);
                rows.put(row.id(), row);
                now = Math.max(now, result.getLong(30));
            }
        }
        return new Loaded(rows, now);
    }

    /** Writes the drafts whose row is still as it was read, with their events, outputs and counts. Returns those. */
    List<Draft> saveInTransaction(Connection connection, List<Draft> drafts) throws SQLException {
        Set<UUID> saved = new HashSet<>();
        try (Binder update = bindSave(Binder.prepare(connection, SAVE), drafts);
                ResultSet result = update.statement().executeQuery()) {
            while (result.next()) {
                saved.add(result.getObject(1, UUID.class));
            }
        }
        List<Draft> winners = drafts.stream()
                .filter(d -> saved.contains(d.before.id().uuid()))
                .toList();
        if (!winners.isEmpty()) {
            List<TaskEvent> events = new ArrayList<>();
            winners.forEach(d -> events.addAll(d.events));
            history.appendInTransaction(connection, events);
            saveOutputs(connection, winners);
            free(connection, winners);
            count(winners).saveInTransaction(connection);
        }
        return winners;
    }

    private static Binder bindSave(Binder update, List<Draft> drafts) throws SQLException {
        return update.ids(drafts, d -> d.before.id().uuid())
                .integers(drafts, d -> d.before.seq())
                .integers(drafts, d -> d.seq)
                .integers(drafts, d -> Codes.of(d.state()))
                .numbers(drafts, d -> d.runAt)
                .integers(drafts, d -> d.settledClaim)
                .integers(drafts, d -> d.attempt)
                .integers(drafts, d -> d.lost)
                .ids(drafts, d -> d.session)
                .nullableNumbers(drafts, d -> zeroIsNull(d.deadline))
                .array("bool", flags(drafts, true))
                .array("bool", flags(drafts, false))
                .integers(drafts, d -> d.progressN)
                .integers(drafts, d -> d.percent)
                .integers(drafts, d -> d.logCount)
                .numbers(drafts, Draft::now)
                .nullableNumbers(drafts, d -> zeroIsNull(d.finishedAt));
    }

    private static boolean[] flags(List<Draft> drafts, boolean cancel) {
        boolean[] flags = new boolean[drafts.size()];
        for (int i = 0; i < flags.length; i++) {
            flags[i] = cancel ? drafts.get(i).cancelRequested : drafts.get(i).timedOut;
        }
        return flags;
    }

    private static @Nullable Long zeroIsNull(long value) {
        return value == 0 ? null : value;
    }

    /** An output that says nothing is written only where an earlier attempt may have left one. */
    private static void saveOutputs(Connection connection, List<Draft> drafts) throws SQLException {
        List<OutputRow> rows = new ArrayList<>();
        for (Draft draft : drafts) {
            Draft.Output output = draft.output;
            if (output != null && (draft.attempt > 1 || !output.saysNothing())) {
                rows.add(new OutputRow(draft.before.id().uuid(), output));
            }
        }
        if (rows.isEmpty()) {
            return;
        }
        boolean[] cut = new boolean[rows.size()];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = rows.get(i).output().cut();
        }
        try (Binder insert = Binder.prepare(connection, SAVE_RESULTS)) {
            insert.ids(rows, OutputRow::task)
                    .integers(rows, r -> r.output().exitCode())
                    .texts(rows, r -> Storable.text(r.output().stdout()))
                    .texts(rows, r -> Storable.text(r.output().stderr()))
                    .array("bool", cut)
                    .texts(rows, r -> Storable.text(r.output().message()))
                    .texts(
                            rows,
                            r -> r.output().data() == null
                                    ? null
                                    : Storable.text(r.output().data()))
                    .statement()
                    .executeUpdate();
        }
    }

    private record OutputRow(UUID task, Draft.Output output) {}

    private static void free(Connection connection, List<Draft> drafts) throws SQLException {
        deleteFor(
                connection,
                FREE_UNIQUE,
                drafts.stream().filter(d -> d.freesUnique).toList());
        deleteFor(
                connection,
                DROP_RESULTS,
                drafts.stream().filter(d -> d.dropsOutput).toList());
    }

    private static void deleteFor(Connection connection, String sql, List<Draft> drafts) throws SQLException {
        if (!drafts.isEmpty()) {
            try (Binder delete = Binder.prepare(connection, sql)) {
                delete.ids(drafts, d -> d.before.id().uuid()).statement().executeUpdate();
            }
        }
    }

    private static Counts count(List<Draft> drafts) {
        Counts counts = new Counts();
        for (Draft draft : drafts) {
            boolean was = draft.before.state().isFinal();
            boolean is = draft.state().isFinal();
            if (was) {
                counts.add(draft.before.queue(), draft.before.state(), -1);
            }
            if (is) {
                counts.add(draft.before.queue(), draft.state(), 1);
            }
        }
        return counts;
    }
}
