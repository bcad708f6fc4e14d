package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskException;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Takes tasks away. Their events stay until their day's partition goes: nobody can read them without the task, and the relay may
 * still have to publish them.
 */
@ApplicationScoped
public class Removal {
    /** A running task is locked but not returned as gone. */
    private static final String LOCK = "SELECT " + Row.COLUMNS + ", clock() FROM task t WHERE t.id = ? FOR UPDATE";

    private static final String LOGS = "DELETE FROM task_log WHERE task_id = ANY (?)";
    private static final List<String> ROWS = List.of(
            "DELETE FROM task WHERE id = ANY (?)",
            "DELETE FROM task_detail WHERE task_id = ANY (?)",
            "DELETE FROM task_result WHERE task_id = ANY (?)",
            "DELETE FROM unique_key WHERE task_id = ANY (?)");

    /** Ended before its time; walks along the numbers, since a task that ended long ago was created even longer ago. */
    private static final String EXPIRED =
            """
            SELECT id, number, queue, state, CASE state WHEN 4 THEN finished_at < ? ELSE coalesce(finished_at < ?, false) END
            FROM task WHERE number > ? AND created_at < ? ORDER BY number LIMIT ?
            """;

    private final Database database;
    private final EventHistory history;
    private final Signals signals;

    Removal(Database database, EventHistory history, Signals signals) {
        this.database = database;
        this.history = history;
        this.signals = signals;
    }

    /** One task and its logs, on request; false when there is none. @throws TaskException.Running */
    boolean delete(TaskId id) {
        boolean deleted = database.write(connection -> {
            TaskTable.Loaded loaded;
            try (Binder query = Binder.prepare(connection, LOCK)) {
                loaded = TaskTable.read(query.id(id.uuid()));
            }
            Row row = loaded.rows().get(id);
            if (row == null) {
                return false;
            }
            if (row.state() == TaskState.ACTIVE) {
                throw new TaskException.Running(id);
            }
            Draft draft = new Draft(row, loaded.now());
            history.appendInTransaction(connection, List.of(new TaskEvent.Deleted(draft.nextSubject())));
            remove(connection, LOGS, List.of(id.uuid()));
            for (String sql : ROWS) {
                remove(connection, sql, List.of(id.uuid()));
            }
            Counts counts = new Counts();
            if (row.state().isFinal()) {
                counts.add(row.queue(), row.state(), -1);
            }
            counts.add(row.queue(), Counts.GONE, 1);
            counts.saveInTransaction(connection);
            return true;
        });
        if (deleted) {
            signals.events();
        }
        return deleted;
    }

    /** Where a walk over the numbers stands: the last number seen, and whether there was nothing beyond. */
    public record Walk(long number, boolean atEnd) {}

    /** Removes what ended before the given times (epoch ms) among the next {@code limit} tasks. */
    public Walk removeExpired(long after, int limit, long completedBefore, long failedBefore) {
        return database.write(connection -> {
            List<UUID> expired = new ArrayList<>();
            Counts counts = new Counts();
            long last = after;
            int seen = 0;
            try (Binder query = Binder.prepare(connection, EXPIRED)) {
                query.number(completedBefore).number(failedBefore).number(after);
                query.number(Math.max(completedBefore, failedBefore)).integer(limit);
                try (ResultSet rows = query.statement().executeQuery()) {
                    while (rows.next()) {
                        seen++;
                        last = rows.getLong(2);
                        if (rows.getBoolean(5)) {
                            expired.add(rows.getObject(1, UUID.class));
                            counts.add(rows.getString(3), rows.getInt(4), -1);
                            counts.add(rows.getString(3), Counts.GONE, 1);
                        }
                    }
                }
            }
            if (!expired.isEmpty()) {
                for (String sql : ROWS) {
                    remove(connection, sql, expired);
                }
                counts.saveInTransaction(connection);
            }
            return new Walk(last, seen < limit);
        });
    }

    private static void remove(Connection connection, String sql, List<UUID> ids) throws SQLException {
        try (Binder delete = Binder.prepare(connection, sql)) {
            delete.ids(ids, id -> id).statement().executeUpdate();
        }
    }
}
