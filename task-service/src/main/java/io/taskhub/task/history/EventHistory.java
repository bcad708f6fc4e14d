package io.taskhub.task.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The events of tasks: written in the transaction of the change that they tell of, read by task and sequence. */
@ApplicationScoped
public class EventHistory {
    private static final String APPEND = """
            INSERT INTO task_event (task_id, seq, at, kind, origin, run_id, body)
            SELECT * FROM unnest(?::uuid[], ?::int[], ?::bigint[], ?::int[], ?::int[], ?::text[], ?::text[])
            """;

    /** One statement, so the state is as of the events. The lower bound spares the partitions from before the task. */
    private static final String READ = """
            SELECT t.id, t.number, t.logical_id, t.origin, t.state, t.seq, e.body
            FROM task t LEFT JOIN LATERAL (
                SELECT seq, body FROM task_event
                WHERE task_id = t.id AND at >= t.created_at AND seq > ? ORDER BY seq LIMIT ?) e ON true
            WHERE t.id = ? ORDER BY e.seq
            """;

    private static final String NEWS = """
            SELECT t.id, e.body FROM unnest(?::uuid[], ?::int[]) AS w (id, after) JOIN task t ON t.id = w.id LEFT JOIN LATERAL (
                SELECT seq, body FROM task_event
                WHERE task_id = t.id AND at >= t.created_at AND seq > w.after ORDER BY seq LIMIT ?) e ON true
            ORDER BY t.id, e.seq
            """;

    private static final String PROGRESS = """
            SELECT e.body FROM task t LEFT JOIN LATERAL (
                SELECT seq, body FROM task_event
                WHERE task_id = t.id AND at >= t.created_at AND seq > ? AND kind = ANY (?) ORDER BY seq) e ON true
            WHERE t.id = ? ORDER BY e.seq
            """;

    private static final int[] PROGRESS_KINDS = {Codes.of(EventKind.PROGRESSED), Codes.of(EventKind.FINISHED)};

    private final ObjectWriter writer;
    private final ObjectReader reader;

    public EventHistory(ObjectMapper json) {
        this.writer = json.writerFor(TaskEvent.class);
        this.reader = json.readerFor(TaskEvent.class);
    }

    /** Adds events in the transaction of the change that made them. */
    public void appendInTransaction(Connection connection, List<TaskEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (Binder insert = bindAppend(Binder.prepare(connection, APPEND), events)) {
            insert.statement().executeUpdate();
        }
    }

    /** For a caller that sends several statements in one round trip; bind its parameters with {@link #bindAppend}. */
    public static String appendStatement() {
        return APPEND;
    }

    /** Binds the next seven parameters. */
    public Binder bindAppend(Binder binder, List<TaskEvent> events) throws SQLException {
        return binder.ids(events, e -> e.subject().task().uuid())
                .integers(events, e -> e.subject().seq())
                .numbers(events, e -> e.subject().ts_ms())
                .integers(events, e -> Codes.of(EventKind.of(e)))
                .integers(events, e -> Codes.of(e.subject().origin()))
                .texts(events, e -> e.subject().run_id())
                .texts(events, this::body);
    }

    private String body(TaskEvent event) {
        try {
            return writer.writeValueAsString(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an event must be writable", e);
        }
    }

    /** A task with its events above {@code afterSeq}. */
    public Optional<TaskHistory> read(Connection connection, UUID id, int afterSeq, int limit) throws SQLException {
        try (Binder query = Binder.prepare(connection, READ)) {
            query.integer(afterSeq).integer(limit + 1).id(id);
            try (ResultSet rows = query.statement().executeQuery()) {
                return rows.next() ? Optional.of(history(rows, limit)) : Optional.empty();
            }
        }
    }

    /** The events of many tasks above what each caller's entry says, at most {@code limit} of each. */
    public TaskHistory.News news(Connection connection, List<TaskHistory.After> wanted, int limit) throws SQLException {
        List<TaskEvent> events = new ArrayList<>();
        Set<TaskId> unknown = new LinkedHashSet<>();
        wanted.forEach(after -> unknown.add(after.task()));
        try (Binder query = Binder.prepare(connection, NEWS)) {
            query.ids(wanted, after -> after.task().uuid())
                    .integers(wanted, TaskHistory.After::seq)
                    .integer(limit);
            try (ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    unknown.remove(new TaskId(rows.getObject(1, UUID.class)));
                    if (rows.getString(2) != null) {
                        events.add(event(rows.getString(2)));
                    }
                }
            }
        }
        return new TaskHistory.News(events, List.copyOf(unknown));
    }

    private TaskHistory history(ResultSet rows, int limit) throws SQLException {
        TaskId id = new TaskId(rows.getObject(1, UUID.class));
        long number = rows.getLong(2);
        String logical = rows.getString(3) == null ? Long.toString(number) : rows.getString(3);
        Origin origin = Codes.origin(rows.getInt(4));
        TaskState state = Codes.state(rows.getInt(5));
        int lastSeq = rows.getInt(6);
        List<TaskEvent> events = new ArrayList<>();
        boolean more = false;
        do {
            if (events.size() == limit) {
                more = true;
            } else if (rows.getString(7) != null) {
                events.add(event(rows.getString(7)));
            }
        } while (rows.next());
        return new TaskHistory(id, number, logical, origin, state, lastSeq, List.copyOf(events), more);
    }

    /** What clients see as progress above {@code afterSeq}, ascending; empty when there is no such task. */
    public Optional<List<TaskEvent>> progress(Connection connection, UUID id, int afterSeq) throws SQLException {
        try (Binder query = Binder.prepare(connection, PROGRESS)) {
            query.integer(afterSeq).array("int4", PROGRESS_KINDS).id(id);
            try (ResultSet rows = query.statement().executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                List<TaskEvent> events = new ArrayList<>();
                do {
                    if (rows.getString(1) != null) {
                        events.add(event(rows.getString(1)));
                    }
                } while (rows.next());
                return Optional.of(events);
            }
        }
    }

    private TaskEvent event(String body) {
        try {
            return reader.readValue(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored event must be readable", e);
        }
    }
}
