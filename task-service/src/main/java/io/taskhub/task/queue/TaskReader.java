package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.Task;
import io.taskhub.task.TaskFilter;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that reads tasks whole, for showing them. */
@ApplicationScoped
class TaskReader {
    /** At least as much as any list shows of an output, and far less than there may be. */
    static final int LISTED_OUTPUT_CHARS = 4_096;

    private static final String TASK = """
            SELECT t.id, t.number, t.origin, t.state, t.queue, t.type, t.priority, t.cancel_requested, t.percent,
                d.name, d.kind, d.payload, d.params, d.metadata, d.created_by,
                t.run_id, t.logical_id, d.cron_job_id, d.parent, d.batch,
                t.attempt, t.max_attempts, t.timeout_ms, t.timed_out,
                t.created_at, t.updated_at, t.run_at, t.started_at, t.finished_at,
                r.exit_code,\s""";

    private static final String RESULT = "r.stdout, r.stderr, r.message, r.data ";
    private static final String LISTED_RESULT =
            "left(r.stdout, %1$d), left(r.stderr, %1$d), left(r.message, %1$d), r.data ".formatted(LISTED_OUTPUT_CHARS);
    private static final String JOINED =
            "JOIN task_detail d ON d.task_id = t.id LEFT JOIN task_result r ON r.task_id = t.id ";

    private static final String BY_IDS = TASK + RESULT + "FROM task t " + JOINED + "WHERE t.id = ANY (?)";
    private static final String BY_BATCH = TASK + LISTED_RESULT + "FROM task t " + JOINED + "WHERE d.batch = ?";
    private static final String OF_PAGE =
            TASK + LISTED_RESULT + "FROM page p JOIN task t ON t.number = p.number " + JOINED;
    private static final String ID_BY_NUMBER = "SELECT id FROM task WHERE number = ?";
    private static final String OPEN_CHILDREN =
            "SELECT t.id FROM task_detail d JOIN task t ON t.id = d.task_id WHERE d.parent = ANY (?) AND t.state < 4";
    private static final int LONGEST_NUMBER = 18;

    private final Database database;

    TaskReader(Database database) {
        this.database = database;
    }

    /** Any spelling; the integer needs a look. */
    Optional<TaskId> resolve(String id) {
        Optional<TaskId> parsed = TaskId.parse(id);
        if (parsed.isPresent() || id.isEmpty() || id.length() > LONGEST_NUMBER) {
            return parsed;
        }
        for (int i = 0; i < id.length(); i++) {
            if (id.charAt(i) < '0' || id.charAt(i) > '9') {
                return Optional.empty();
            }
        }
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, ID_BY_NUMBER).number(Long.parseLong(id));
                    ResultSet row = query.statement().executeQuery()) {
                return row.next() ? Optional.of(new TaskId(row.getObject(1, UUID.class))) : Optional.<TaskId>empty();
            }
        });
    }

    /** Tasks that are part of these and have not ended. */
    List<TaskId> openChildren(Collection<TaskId> parents) {
        return database.read(connection -> {
            List<TaskId> children = new ArrayList<>();
            try (Binder query = Binder.prepare(connection, OPEN_CHILDREN).ids(List.copyOf(parents), TaskId::uuid);
                    ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    children.add(new TaskId(rows.getObject(1, UUID.class)));
                }
            }
            return children;
        });
    }

    Map<TaskId, Task> findAll(Collection<TaskId> ids) {
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, BY_IDS).ids(List.copyOf(ids), TaskId::uuid)) {
                Map<TaskId, Task> tasks = new HashMap<>();
                for (Task task : read(query)) {
                    tasks.put(task.id(), task);
                }
                return tasks;
            }
        });
    }

    /** Sorted here: an {@code ORDER BY} would let the planner walk every task there is, by number. */
    List<Task> ofBatch(UUID batch) {
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, BY_BATCH).id(batch)) {
                List<Task> tasks = read(query);
                tasks.sort(Comparator.comparingLong(Task::number));
                return tasks;
            }
        });
    }

    /** Sorted here, as {@link #ofBatch}. */
    List<Task> list(TaskFilter filter) {
        Comparator<Task> order = Comparator.comparingLong(Task::number);
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, listSql(filter))) {
                List<Task> tasks = read(TaskList.bind(query, filter));
                tasks.sort(filter.newestFirst() ? order.reversed() : order);
                return tasks;
            }
        });
    }

    /** Its parameters are bound by {@link TaskList#bind}. */
    static String listSql(TaskFilter filter) {
        return TaskList.page(filter) + OF_PAGE;
    }

    /** Any query of the columns of {@code TASK} and its result, in their order. */
    static List<Task> read(Binder query) throws SQLException {
        List<Task> tasks = new ArrayList<>();
        try (ResultSet rows = query.statement().executeQuery()) {
            while (rows.next()) {
                tasks.add(task(rows));
            }
        }
        return tasks;
    }

    private static Task task(ResultSet r) throws SQLException {
        String payload = r.getString(12);
        String params = r.getString(13);
        String metadata = r.getString(14);
        UUID parent = r.getObject(19, UUID.class);
        return new Task(
                new TaskId(r.getObject(1, UUID.class)),
                r.getLong(2),
                Codes.origin(r.getInt(3)),
                Codes.state(r.getInt(4)),
                r.getString(5),
                r.getString(6),
                r.getInt(7),
                r.getBoolean(8),
                r.getInt(9),
                new Task.Description(
                        r.getString(10),
                        r.getInt(11),
                        payload,
                        params == null ? payload : params,
                        metadata == null ? "{}" : metadata,
                        r.getString(15)),
                new Task.Link(
                        r.getString(16),
                        r.getString(17),
                        r.getString(18),
                        parent == null ? null : new TaskId(parent),
                        r.getObject(20, UUID.class)),
                new Task.Runs(r.getInt(21), r.getInt(22), Duration.ofMillis(r.getLong(23)), r.getBoolean(24)),
                new Task.Times(
                        Instant.ofEpochMilli(r.getLong(25)),
                        Instant.ofEpochMilli(r.getLong(26)),
                        Instant.ofEpochMilli(r.getLong(27)),
                        instant(r, 28),
                        instant(r, 29)),
                result(r));
    }

    private static Task.Result result(ResultSet r) throws SQLException {
        String stdout = r.getString(31);
        return stdout == null
                ? Task.Result.NONE
                : new Task.Result(r.getInt(30), stdout, r.getString(32), r.getString(33), r.getString(34));
    }

    private static @Nullable Instant instant(ResultSet r, int column) throws SQLException {
        long millis = r.getLong(column);
        return r.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
