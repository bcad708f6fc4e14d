package io.taskhub.dag.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.contracts.TaskId;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagNode;
import io.taskhub.dag.FailPolicy;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.Resolver;
import io.taskhub.dag.RunIf;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** SQL of the owner of a run: making it, loading it, writing its steps. */
@Singleton
class RunStore {
    private static final String INSERT_RUN = """
            INSERT INTO run (id, key, name, source, created_by, template_id, cron_job_id, fail_policy, max_parallel, params, total,
                start_ms, owner)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final String INSERT_NODES = """
            INSERT INTO node (run_id, idx, logical_id, name, run_if, config)
            SELECT ?, idx, logical_id, name, run_if, config
            FROM unnest(?::int[], ?::text[], ?::text[], ?::text[], ?::text[]) AS n (idx, logical_id, name, run_if, config)
            ORDER BY idx
            """;

    /** Nothing of it happens when the run has another version by now. */
    private static final String WRITE = """
            WITH fence AS (
                UPDATE run SET seq = ?, success_count = ?, failed_count = ?, skipped_count = ?, status = ?, end_ms = ?, message = ?
                WHERE id = ? AND version = ? RETURNING id),
            nodes AS (
                INSERT INTO node_run AS r (run_id, idx, status, ready, task, task_seq, attempt, max_attempts, exit_code, start_ms,
                    end_ms, duration_ms, message, stdout, stderr, metadata)
                SELECT fence.id, n.* FROM fence, unnest(?::int[], ?::int[], ?::bool[], ?::uuid[], ?::int[], ?::int[], ?::int[], ?::int[],
                    ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[]) AS n
                ON CONFLICT (run_id, idx) DO UPDATE SET status = excluded.status, ready = excluded.ready, task = excluded.task,
                    task_seq = excluded.task_seq, attempt = excluded.attempt, exit_code = excluded.exit_code,
                    start_ms = excluded.start_ms, end_ms = excluded.end_ms, duration_ms = excluded.duration_ms,
                    message = excluded.message, stdout = excluded.stdout, stderr = excluded.stderr, metadata = excluded.metadata),
            events AS (
                INSERT INTO run_event (run_id, seq, task_id, event, ts_ms, extra)
                SELECT fence.id, e.* FROM fence, unnest(?::int[], ?::text[], ?::text[], ?::bigint[], ?::text[])
                    AS e (seq, task_id, event, ts_ms, extra) ORDER BY e.seq)
            SELECT id FROM fence
            """;

    private static final String RUN = """
            SELECT name, fail_policy, max_parallel, params, source, created_by, cron_job_id, version, seq, round, canceled, status
            FROM run WHERE id = ? AND owner = ?
            """;

    private static final String NODES = "SELECT run_if, config FROM node WHERE run_id = ? ORDER BY idx";

    private static final String NODE_RUNS = """
            SELECT idx, status, ready, task, task_seq, attempt, start_ms, end_ms FROM node_run WHERE run_id = ?
            """;

    private static final String BY_KEY = "SELECT id FROM run WHERE key = ?";

    private static final String OUTPUTS = """
            SELECT n.logical_id, r.exit_code, r.stdout, r.stderr FROM node n JOIN node_run r USING (run_id, idx)
            WHERE n.run_id = ? AND n.logical_id = ANY (?)
            """;

    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    RunStore(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** Who a run belongs to, beside its graph. */
    record Ticket(
            String run,
            String source,
            String createdBy,
            @Nullable String cronJobId,
            long version,
            int round) {}

    /** A run as it is stored; {@code running}: it has not ended. */
    record Loaded(Ticket ticket, Dag dag, List<NodeRow> rows, int seq, boolean canceled, boolean running) {}

    /** @return false when the id or the key is taken; then nothing is stored */
    boolean create(String id, NewRun run, Changes first, int owner, long now) {
        return database.write(connection -> {
            if (!insertRun(connection, id, run, owner, now)) {
                return false;
            }
            insertNodes(connection, id, run.dag());
            writeInTransaction(connection, id, 1, run.dag(), first);
            return true;
        });
    }

    Optional<String> byKey(String key) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, BY_KEY);
                    ResultSet row = query.set(key).statement().executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        });
    }

    /** @return false when the run was taken over: nothing is written, and nothing may be done for it any more */
    boolean write(Ticket ticket, Dag dag, Changes changes) {
        return database.write(
                connection -> writeInTransaction(connection, ticket.run(), ticket.version(), dag, changes));
    }

    /** Empty when there is none, or when somebody else took it meanwhile: its version is then not ours to write with. */
    Optional<Loaded> load(String run, int owner) {
        return database.read(connection -> {
            List<DagNode> nodes = nodes(connection, run);
            List<NodeRow> rows = rows(connection, run);
            try (Columns query = new Columns(connection, RUN);
                    ResultSet row = query.set(run).set(owner).statement().executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                Dag dag = new Dag(
                        row.getString(1),
                        FailPolicy.of(row.getString(2)),
                        row.getInt(3),
                        read(row.getString(4)),
                        nodes);
                Ticket ticket = new Ticket(
                        run, row.getString(5), row.getString(6), row.getString(7), row.getLong(8), row.getInt(10));
                return Optional.of(
                        new Loaded(ticket, dag, rows, row.getInt(9), row.getBoolean(11), row.getInt(12) == 0));
            }
        });
    }

    /** What nodes left, by logical id. */
    Map<String, Resolver.Output> outputs(String run, Collection<String> logicalIds) {
        if (logicalIds.isEmpty()) {
            return Map.of();
        }
        return database.read(connection -> {
            Map<String, Resolver.Output> outputs = new HashMap<>();
            try (Columns query = new Columns(connection, OUTPUTS)) {
                query.set(run).array("text", logicalIds.toArray());
                try (ResultSet row = query.statement().executeQuery()) {
                    while (row.next()) {
                        outputs.put(
                                row.getString(1),
                                new Resolver.Output(row.getInt(2), row.getString(3), row.getString(4)));
                    }
                }
            }
            return outputs;
        });
    }

    private boolean insertRun(Connection connection, String id, NewRun run, int owner, long now) throws SQLException {
        Dag dag = run.dag();
        try (Columns insert = new Columns(connection, INSERT_RUN)) {
            insert.set(id).set(run.key()).set(run.name()).set(run.source()).set(run.createdBy());
            insert.set(run.templateId()).set(run.cronJobId());
            insert.set(dag.failPolicy().wire()).set(dag.maxParallel()).set(text(dag.params()));
            return insert.set(dag.size()).set(now).set(owner).statement().executeUpdate() == 1;
        }
    }

    private void insertNodes(Connection connection, String run, Dag dag) throws SQLException {
        List<Integer> indexes = new ArrayList<>(dag.size());
        for (int i = 0; i < dag.size(); i++) {
            indexes.add(i);
        }
        List<DagNode> nodes = dag.nodes();
        try (Columns insert = new Columns(connection, INSERT_NODES)) {
            insert.set(run)
                    .column("int4", indexes, i -> i)
                    .column("text", nodes, DagNode::id)
                    .column("text", nodes, node -> node.task().name())
                    .column("text", nodes, node -> node.runIf().name())
                    .column("text", nodes, node -> text(node.task()));
            insert.statement().executeUpdate();
        }
    }

    private boolean writeInTransaction(Connection connection, String run, long version, Dag dag, Changes changes)
            throws SQLException {
        try (Columns write = new Columns(connection, WRITE)) {
            Changes.Standing standing = changes.standing();
            write.set(standing.seq());
            write.set(standing.tally().success())
                    .set(standing.tally().failed())
                    .set(standing.tally().skipped());
            write.set(standing.status().code()).set(standing.endMs() == 0 ? null : (Long) standing.endMs());
            write.set(standing.message()).set(run).set(version);
            bindNodes(write, dag, changes.nodes());
            bindEvents(write, changes.events());
            try (ResultSet fence = write.statement().executeQuery()) {
                return fence.next();
            }
        }
    }

    private static void bindNodes(Columns insert, Dag dag, List<NodeRow> rows) throws SQLException {
        insert.column("int4", rows, NodeRow::node)
                .column("int4", rows, row -> row.status().code())
                .column("bool", rows, NodeRow::ready)
                .column(
                        "uuid",
                        rows,
                        row -> row.task() == null ? null : row.task().uuid())
                .column("int4", rows, NodeRow::taskSeq)
                .column("int4", rows, NodeRow::attempt)
                .column("int4", rows, row -> dag.node(row.node()).task().retry_count() + 1)
                .column("int4", rows, row -> row.left().exitCode())
                .column("int8", rows, NodeRow::startMs)
                .column("int8", rows, NodeRow::endMs)
                .column("int8", rows, row -> row.left().durationMs())
                .column("text", rows, row -> row.left().message())
                .column("text", rows, row -> row.left().stdout())
                .column("text", rows, row -> row.left().stderr())
                .column("text", rows, row -> row.left().metadata());
    }

    private void bindEvents(Columns insert, List<DagEvent> events) throws SQLException {
        insert.column("int4", events, DagEvent::seq)
                .column("text", events, DagEvent::task_id)
                .column("text", events, DagEvent::event)
                .column("int8", events, DagEvent::ts_ms)
                .column("text", events, event -> text(event.extra()));
    }

    private List<DagNode> nodes(Connection connection, String run) throws SQLException {
        List<TaskConfig> tasks = new ArrayList<>();
        List<RunIf> conditions = new ArrayList<>();
        try (Columns query = new Columns(connection, NODES);
                ResultSet row = query.set(run).statement().executeQuery()) {
            while (row.next()) {
                conditions.add(RunIf.of(row.getString(1)));
                tasks.add(TaskConfig.from(read(row.getString(2))));
            }
        }
        Map<String, Integer> positions = HashMap.newHashMap(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            positions.put(tasks.get(i).id(), i);
        }
        List<DagNode> nodes = new ArrayList<>(tasks.size());
        for (int i = 0; i < tasks.size(); i++) {
            List<Integer> deps =
                    tasks.get(i).deps().stream().distinct().map(positions::get).toList();
            nodes.add(new DagNode(tasks.get(i), conditions.get(i), deps));
        }
        return nodes;
    }

    private static List<NodeRow> rows(Connection connection, String run) throws SQLException {
        List<NodeRow> rows = new ArrayList<>();
        try (Columns query = new Columns(connection, NODE_RUNS);
                ResultSet row = query.set(run).statement().executeQuery()) {
            while (row.next()) {
                UUID task = row.getObject(4, UUID.class);
                rows.add(new NodeRow(
                        row.getInt(1),
                        NodeStatus.ofCode(row.getInt(2)),
                        row.getBoolean(3),
                        task == null ? null : new TaskId(task),
                        row.getInt(5),
                        row.getInt(6),
                        row.getObject(7, Long.class),
                        row.getObject(8, Long.class),
                        NodeRow.Left.NOTHING));
            }
        }
        return rows;
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, Object> read(String text) {
        try {
            return json.readValue(text, OBJECT);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored run cannot be read", e);
        }
    }
}
