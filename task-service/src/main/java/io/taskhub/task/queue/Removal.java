package io.taskhub.task.queue;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.TaskException;
import io.taskhub.task.artifact.Artifacts;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Takes a task away when somebody asks for it. Their events stay until their day's partition goes: nobody can read them without the task, and the relay may
 * still have to publish them. The key of an order stays too: it must not be carried out again.
 */
@ApplicationScoped
class Removal {
    /** Locked, so that nobody claims it meanwhile. */
    private static final String LOCK = "SELECT " + Row.COLUMNS + ", clock() FROM task t WHERE t.id = ? FOR UPDATE";

    private static final String ARTIFACTS = "DELETE FROM artifact WHERE task_id = ANY (?)";
    private static final String LOGS = "DELETE FROM task_log WHERE task_id = ANY (?)";
    private static final List<String> ROWS = List.of(
            "DELETE FROM task WHERE id = ANY (?)",
            "DELETE FROM task_detail WHERE task_id = ANY (?)",
            "DELETE FROM task_result WHERE task_id = ANY (?)",
            "DELETE FROM unique_key WHERE task_id = ANY (?) AND NOT starts_with(key, '" + NewTask.Unique.PREFIX + "')");

    private final Database database;
    private final EventHistory history;
    private final Artifacts artifacts;
    private final Signals signals;

    Removal(Database database, EventHistory history, Artifacts artifacts, Signals signals) {
        this.database = database;
        this.history = history;
        this.artifacts = artifacts;
        this.signals = signals;
    }

    /** One task, its logs and its files, on request; false when there is none. @throws TaskException.Running */
    boolean delete(TaskId id) {
        Removed removed = database.write(connection -> {
            TaskTable.Loaded loaded;
            try (Binder query = Binder.prepare(connection, LOCK)) {
                loaded = TaskTable.read(query.id(id.uuid()));
            }
            Row row = loaded.rows().get(id);
            if (row == null) {
                return Removed.NOTHING;
            }
            if (row.state() == TaskState.ACTIVE) {
                throw new TaskException.Running(id);
            }
            Draft draft = new Draft(row, loaded.now());
            history.appendInTransaction(connection, List.of(new TaskEvent.Deleted(draft.nextSubject())));
            int files = remove(connection, ARTIFACTS, List.of(id.uuid()));
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
            return files > 0 ? Removed.TASK_AND_FILES : Removed.TASK;
        });
        if (removed == Removed.NOTHING) {
            return false;
        }
        signals.events();
        if (removed == Removed.TASK_AND_FILES) {
            artifacts.dropAll(List.of(id));
        }
        return true;
    }

    private enum Removed {
        NOTHING,
        TASK,
        TASK_AND_FILES
    }

    private static int remove(Connection connection, String sql, List<UUID> ids) throws SQLException {
        try (Binder delete = Binder.prepare(connection, sql)) {
            return delete.ids(ids, id -> id).statement().executeUpdate();
        }
    }
}
