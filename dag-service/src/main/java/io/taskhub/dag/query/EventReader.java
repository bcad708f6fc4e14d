package io.taskhub.dag.query;

import io.taskhub.contracts.TaskId;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL that reads what happened in runs. */
@ApplicationScoped
public class EventReader {
    private static final String SELECT = "SELECT id, run_id, seq, task_id, event, ts_ms, extra FROM run_event ";
    private static final String NEWEST = " ORDER BY ts_ms DESC, id DESC LIMIT ?";
    private static final String IN_ORDER = " ORDER BY seq LIMIT ?";

    private final Database database;
    private final NodeReader nodes;

    EventReader(Database database, NodeReader nodes) {
        this.database = database;
        this.nodes = nodes;
    }

    /** The newest first. */
    public List<StoredEvent> list(EventFilter filter) {
        Optional<NodeReader.Place> task = engineTask(filter);
        Where where = new Where()
                .and("run_id = ?", task.map(NodeReader.Place::run).orElse(filter.run()))
                .and("task_id = ?", task.map(NodeReader.Place::logicalId).orElse(filter.taskId()))
                .when(Boolean.TRUE.equals(filter.ofNodes()), "task_id IS NOT NULL")
                .when(Boolean.FALSE.equals(filter.ofNodes()), "task_id IS NULL")
                .and("event = ?", filter.event())
                .and("ts_ms >= ?", filter.fromMs())
                .and("ts_ms <= ?", filter.toMs());
        if (filter.before() != null) {
            where.and(
                    "(ts_ms, id) < (?, ?)",
                    filter.before().tsMs(),
                    filter.before().id());
        }
        return read(where, NEWEST, filter.limit());
    }

    /** A run's events above {@code afterSeq} in their order. */
    public List<StoredEvent> page(String run, @Nullable String logicalId, int afterSeq, int limit) {
        return read(
                new Where().and("run_id = ?", run).and("seq > ?", afterSeq).and("task_id = ?", logicalId),
                IN_ORDER,
                limit);
    }

    /** Where the id leads when it is not a logical one: one look more, only for what reads like an engine's id. */
    private Optional<NodeReader.Place> engineTask(EventFilter filter) {
        String id = filter.taskId();
        return id == null || TaskId.parse(id).isEmpty()
                ? Optional.empty()
                : nodes.locate(filter.run(), id)
                        .filter(place -> !place.logicalId().equals(id));
    }

    private List<StoredEvent> read(Where where, String order, int limit) {
        return database.read(connection -> {
            try (Columns query =
                    where.bind(new Columns(connection, SELECT + where + order)).set(limit)) {
                return read(query);
            }
        });
    }

    private static List<StoredEvent> read(Columns query) throws SQLException {
        List<StoredEvent> events = new ArrayList<>();
        try (ResultSet row = query.statement().executeQuery()) {
            while (row.next()) {
                events.add(new StoredEvent(
                        row.getLong("id"),
                        row.getString("run_id"),
                        row.getInt("seq"),
                        row.getString("task_id"),
                        row.getString("event"),
                        row.getLong("ts_ms"),
                        row.getString("extra")));
            }
        }
        return events;
    }
}
