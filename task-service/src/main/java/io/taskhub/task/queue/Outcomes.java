package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that tells many tasks' ends at once: one statement, which leaves alone what would make the answer too large. */
@ApplicationScoped
class Outcomes {
    private static final long OUTPUT_BYTES = 8L << 20;

    /** Sizes are known without reading the texts; those are joined to the rows that fit, in the order that was asked in. */
    static final String READ = """
            WITH sized AS MATERIALIZED (
                SELECT w.id, w.ord, sum(CASE WHEN t.state >= 4 THEN coalesce(octet_length(r.stdout)
                        + octet_length(r.stderr) + octet_length(r.message) + coalesce(octet_length(r.data), 0), 0)
                    ELSE 0 END) OVER (ORDER BY w.ord ROWS UNBOUNDED PRECEDING) AS upto
                FROM unnest(?::uuid[]) WITH ORDINALITY AS w (id, ord)
                JOIN task t ON t.id = w.id LEFT JOIN task_result r ON r.task_id = t.id),
            first AS (SELECT min(ord) AS ord FROM sized)
            SELECT s.id, s.upto <= ? OR s.ord = f.ord, t.state, t.timed_out, r.exit_code, r.stdout, r.stderr, r.message, r.data,
                t.attempt, t.max_attempts, t.started_at, t.finished_at
            FROM sized s CROSS JOIN first f JOIN task t ON t.id = s.id
            LEFT JOIN task_result r ON r.task_id = t.id AND t.state >= 4 AND (s.upto <= ? OR s.ord = f.ord)
            """;

    private final Database database;

    Outcomes(Database database) {
        this.database = database;
    }

    TaskOutcome.Reply read(Collection<TaskId> tasks) {
        List<TaskId> wanted = List.copyOf(new LinkedHashSet<>(tasks));
        return database.read(connection -> {
            List<TaskOutcome> outcomes = new ArrayList<>(wanted.size());
            Set<TaskId> known = new HashSet<>();
            try (Binder query = Binder.prepare(connection, READ)) {
                query.ids(wanted, TaskId::uuid).number(OUTPUT_BYTES).number(OUTPUT_BYTES);
                try (ResultSet rows = query.statement().executeQuery()) {
                    while (rows.next()) {
                        TaskId task = new TaskId(rows.getObject(1, UUID.class));
                        known.add(task);
                        if (rows.getBoolean(2)) {
                            outcomes.add(outcome(task, rows));
                        }
                    }
                }
            }
            return new TaskOutcome.Reply(
                    outcomes,
                    wanted.stream().filter(task -> !known.contains(task)).toList());
        });
    }

    private static TaskOutcome outcome(TaskId task, ResultSet r) throws SQLException {
        return new TaskOutcome(
                task,
                Codes.state(r.getInt(3)),
                r.getBoolean(4),
                r.getInt(5),
                text(r, 6),
                text(r, 7),
                text(r, 8),
                r.getString(9),
                r.getInt(10),
                r.getInt(11),
                time(r, 12),
                time(r, 13));
    }

    private static String text(ResultSet r, int column) throws SQLException {
        String text = r.getString(column);
        return text == null ? "" : text;
    }

    private static @Nullable Long time(ResultSet r, int column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? null : (Long) millis;
    }
}
