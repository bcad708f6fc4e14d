package io.taskhub.dag.query;

import io.taskhub.contracts.TaskId;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL that reads the nodes of runs. Outputs are cut by the database: what nobody sees never leaves it. */
@ApplicationScoped
public class NodeReader {
    private static final String SELECT = """
            SELECT n.id, n.run_id, n.idx, n.logical_id, n.name, %s AS config, r.task, coalesce(r.status, 0) AS status,
                coalesce(r.exit_code, 0) AS exit_code, coalesce(r.duration_ms, 0) AS duration_ms, coalesce(r.message, '') AS message,
                coalesce(left(r.stdout, ?), '') AS stdout, coalesce(left(r.stderr, ?), '') AS stderr,
                coalesce(r.attempt, 0) AS attempt,
                coalesce(r.max_attempts, (n.config::json ->> 'retry_count')::int + 1) AS max_attempts,
                coalesce(r.metadata, '{}') AS metadata, r.start_ms, r.end_ms
            FROM node n LEFT JOIN node_run r ON r.run_id = n.run_id AND r.idx = n.idx
            """;

    private static final String WITH_CONFIG = SELECT.formatted("n.config");
    private static final String PAGE =
            SELECT.formatted("''") + "WHERE n.run_id = ? AND n.idx > ? ORDER BY n.idx LIMIT ?";
    private static final String ENGINE_TASKS = """
            SELECT n.logical_id, r.task FROM node n LEFT JOIN node_run r ON r.run_id = n.run_id AND r.idx = n.idx
             WHERE n.run_id = ? ORDER BY n.idx
            """;
    private static final String NEWEST_WITH =
            "SELECT run_id, logical_id FROM node WHERE logical_id = ? ORDER BY id DESC LIMIT 1";
    private static final String IN_RUN = """
            SELECT n.run_id, n.logical_id FROM node n LEFT JOIN node_run r ON r.run_id = n.run_id AND r.idx = n.idx
             WHERE n.run_id = ? AND (n.logical_id = ? OR r.task = ?) ORDER BY n.logical_id = ? DESC LIMIT 1
            """;
    private static final String WITH_TASK = """
            SELECT n.run_id, n.logical_id FROM node_run r JOIN node n ON n.run_id = r.run_id AND n.idx = r.idx WHERE r.task = ?
            """;

    private final Database database;

    NodeReader(Database database) {
        this.database = database;
    }

    /** A node and what the engine knows it as. */
    public record EngineTask(String logicalId, @Nullable UUID task) {}

    /** Where a task id leads. */
    public record Place(String run, String logicalId) {}

    /** With their descriptions, the newest first. */
    public List<StoredNode> list(NodeFilter filter, int outputChars) {
        Where where = new Where()
                .and("n.run_id = ?", filter.run())
                .and("n.name = ?", filter.name())
                .and("n.logical_id = ?", filter.logicalId())
                .and(
                        "coalesce(r.status, 0) = ?",
                        filter.status() == null ? null : filter.status().code())
                .and("n.id < ?", filter.before());
        // a run's nodes are numbered in the graph's order: its own index has them in that order, too
        String order = filter.run() == null ? " ORDER BY n.id DESC LIMIT ?" : " ORDER BY n.idx DESC LIMIT ?";
        return database.read(connection -> {
            try (Columns query = new Columns(connection, WITH_CONFIG + where + order)
                    .set(outputChars)
                    .set(outputChars)) {
                return read(where.bind(query).set(filter.limit()));
            }
        });
    }

    /** A run's nodes in the graph's order, from behind {@code afterIndex} (−1 = from the first), without descriptions. */
    public List<StoredNode> page(String run, int afterIndex, int limit, int outputChars) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, PAGE)
                    .set(outputChars)
                    .set(outputChars)
                    .set(run)
                    .set(afterIndex)
                    .set(limit)) {
                return read(query);
            }
        });
    }

    /** Of all nodes of a run, in the graph's order. */
    public List<EngineTask> engineTasks(String run) {
        return database.read(connection -> {
            List<EngineTask> tasks = new ArrayList<>();
            try (Columns query = new Columns(connection, ENGINE_TASKS).set(run);
                    ResultSet row = query.statement().executeQuery()) {
                while (row.next()) {
                    tasks.add(new EngineTask(row.getString(1), row.getObject(2, UUID.class)));
                }
            }
            return tasks;
        });
    }

    /**
     * The node with this logical id, the newest one where no run is given; if there is none, the one that the engine's task of this
     * spelling belongs to (decisions §3, "Logs, events").
     */
    public Optional<Place> locate(@Nullable String run, String taskId) {
        UUID task = TaskId.parse(taskId).map(TaskId::uuid).orElse(null);
        if (run != null) {
            return place(IN_RUN, run, taskId, task, taskId);
        }
        Optional<Place> named = place(NEWEST_WITH, taskId);
        return named.isPresent() || task == null ? named : place(WITH_TASK, task);
    }

    private Optional<Place> place(String sql, @Nullable Object... values) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, sql)) {
                for (Object value : values) {
                    query.set(value);
                }
                try (ResultSet row = query.statement().executeQuery()) {
                    return row.next()
                            ? Optional.of(new Place(row.getString(1), row.getString(2)))
                            : Optional.<Place>empty();
                }
            }
        });
    }

    private static List<StoredNode> read(Columns query) throws SQLException {
        List<StoredNode> nodes = new ArrayList<>();
        try (ResultSet row = query.statement().executeQuery()) {
            while (row.next()) {
                nodes.add(node(row));
            }
        }
        return nodes;
    }

    private static StoredNode node(ResultSet row) throws SQLException {
        return new StoredNode(
                row.getLong("id"),
                row.getString("run_id"),
                row.getInt("idx"),
                row.getString("logical_id"),
                row.getString("name"),
                row.getObject("task", UUID.class),
                row.getString("config"),
                NodeStatus.ofCode(row.getInt("status")),
                new StoredNode.Result(
                        row.getInt("exit_code"),
                        row.getLong("duration_ms"),
                        row.getString("message"),
                        row.getString("stdout"),
                        row.getString("stderr"),
                        row.getInt("attempt"),
                        row.getInt("max_attempts"),
                        row.getString("metadata")),
                row.getLong("start_ms"),
                row.getLong("end_ms"));
    }
}
