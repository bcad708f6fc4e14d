package io.taskhub.task.artifact;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.sql.Binder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** The rows of {@code artifact}. */
final class ArtifactTable {
    private static final String COLUMNS = "task_id, path, label, mime, size, sha256, created_at, object";
    private static final String OF_TASKS =
            "SELECT " + COLUMNS + " FROM artifact WHERE task_id = ANY (?) ORDER BY task_id, created_at, path LIMIT ?";
    private static final String BY_PATH = "SELECT " + COLUMNS + " FROM artifact WHERE task_id = ? AND path = ?";

    /** State 2 is active. Whoever stores a file for the task, ends it or takes it away waits for the other. */
    private static final String HOLD = "SELECT 1 FROM task WHERE id = ? AND state = 2 AND claim = ?";

    private static final String DELETE_BEFORE = "DELETE FROM artifact WHERE task_id = ? AND claim < ? RETURNING object";
    private static final String OTHERS =
            "SELECT count(*), coalesce(sum(size), 0)::bigint FROM artifact WHERE task_id = ? AND path <> ?";
    private static final String DELETE_PATH = "DELETE FROM artifact WHERE task_id = ? AND path = ? RETURNING object";
    private static final String INSERT = """
            INSERT INTO artifact (task_id, path, claim, label, mime, size, sha256, object, created_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, clock()) RETURNING\s""" + COLUMNS;

    /** Only the task has an index, and its rows are few. */
    private static final String UNKNOWN = """
            SELECT k.object FROM unnest(?, ?) AS k (task_id, object)
            WHERE NOT EXISTS (SELECT FROM artifact a WHERE a.task_id = k.task_id AND a.object = k.object)
            """;

    private ArtifactTable() {}

    /** A row to be, without the time. */
    record New(
            TaskId task, int claim, String path, String label, String mime, long size, String sha256, String object) {}

    /** How much a task has stored. */
    record Usage(long files, long bytes) {}

    /** A key and the task that it must belong to. */
    record Key(UUID task, String object) {}

    /** Each task's in the order in which they were stored, at most so many in all. */
    static List<Artifact> of(Connection connection, Collection<TaskId> tasks, int most) throws SQLException {
        try (Binder query = Binder.prepare(connection, OF_TASKS)) {
            return read(query.ids(List.copyOf(tasks), TaskId::uuid).integer(most));
        }
    }

    static List<Artifact> find(Connection connection, TaskId task, String path) throws SQLException {
        try (Binder query = Binder.prepare(connection, BY_PATH)) {
            return read(query.id(task.uuid()).text(path));
        }
    }

    static boolean isHeld(Connection connection, TaskId task, int claim) throws SQLException {
        return exists(connection, HOLD, task, claim);
    }

    /** As {@link #isHeld}; true stays true until the transaction ends. */
    static boolean holdInTransaction(Connection connection, TaskId task, int claim) throws SQLException {
        return exists(connection, HOLD + " FOR UPDATE", task, claim);
    }

    private static boolean exists(Connection connection, String sql, TaskId task, int claim) throws SQLException {
        try (Binder query = Binder.prepare(connection, sql).id(task.uuid()).integer(claim);
                ResultSet row = query.statement().executeQuery()) {
            return row.next();
        }
    }

    /** What earlier claims stored goes; its objects are answered. */
    static List<String> deleteBefore(Connection connection, TaskId task, int claim) throws SQLException {
        try (Binder delete = Binder.prepare(connection, DELETE_BEFORE)) {
            return texts(delete.id(task.uuid()).integer(claim));
        }
    }

    /** What the task has besides a path. */
    static Usage others(Connection connection, TaskId task, String path) throws SQLException {
        try (Binder query = Binder.prepare(connection, OTHERS).id(task.uuid()).text(path);
                ResultSet row = query.statement().executeQuery()) {
            row.next();
            return new Usage(row.getLong(1), row.getLong(2));
        }
    }

    static List<String> delete(Connection connection, TaskId task, String path) throws SQLException {
        try (Binder delete = Binder.prepare(connection, DELETE_PATH)) {
            return texts(delete.id(task.uuid()).text(path));
        }
    }

    static Artifact insert(Connection connection, New row) throws SQLException {
        try (Binder insert = Binder.prepare(connection, INSERT)) {
            return read(insert.id(row.task().uuid())
                            .text(row.path())
                            .integer(row.claim())
                            .text(row.label())
                            .text(row.mime())
                            .number(row.size())
                            .text(row.sha256())
                            .text(row.object()))
                    .getFirst();
        }
    }

    /** Those that no row names. */
    static List<String> unknown(Connection connection, List<Key> keys) throws SQLException {
        try (Binder query = Binder.prepare(connection, UNKNOWN)) {
            return texts(query.ids(keys, Key::task).texts(keys, Key::object));
        }
    }

    private static List<String> texts(Binder query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet rows = query.statement().executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    private static List<Artifact> read(Binder query) throws SQLException {
        List<Artifact> artifacts = new ArrayList<>();
        try (ResultSet r = query.statement().executeQuery()) {
            while (r.next()) {
                artifacts.add(new Artifact(
                        new TaskId(r.getObject(1, UUID.class)),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getLong(5),
                        r.getString(6),
                        Instant.ofEpochMilli(r.getLong(7)),
                        r.getString(8)));
            }
        }
        return artifacts;
    }
}
