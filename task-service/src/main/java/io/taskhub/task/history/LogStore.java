package io.taskhub.task.history;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.Storable;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The log lines of tasks in PostgreSQL: written in batches together with the position in the topic, so that storing a batch twice
 * is storing it once; read by task. (task, claim, n) is a line's identity.
 */
@ApplicationScoped
class LogStore {
    private static final long CLOCK_SKEW_MILLIS = 3_600_000;
    private static final long SEQ_PER_CLAIM = LogRecord.seq(2, 0);

    private static final String INSERT = """
            INSERT INTO task_log (task_id, claim, n, ts, number, attempt, level, stream, duration_ms,
                                  logical, run_id, cron_job_id, worker, message, fields)
            SELECT * FROM unnest(?::uuid[], ?::int[], ?::int[], ?::bigint[], ?::bigint[], ?::int[], ?::smallint[],
                                 ?::smallint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                                 ?::text[])
            ON CONFLICT DO NOTHING
            """;

    private static final String ADVANCE = """
            INSERT INTO log_position (part, next) SELECT * FROM unnest(?::int[], ?::bigint[])
            ON CONFLICT (part) DO UPDATE SET next = greatest(log_position.next, excluded.next)
            """;

    private static final String RESET = "UPDATE log_position SET next = ? WHERE part = ?";

    private static final String POSITIONS = "SELECT part, next FROM log_position";

    private static final String COLUMNS = """
            task_id, claim, n, ts, number, attempt, level, stream, duration_ms,
            logical, run_id, cron_job_id, worker, message, fields
            """;

    /** One task's lines in the order of their sequence; the bound on ts leaves out the days before the task was made. */
    private static final String OF_ONE = "SELECT " + COLUMNS + """
              FROM task_log
             WHERE task_id = ? AND (claim, n) >= (?, ?) AND ts >= ?
             ORDER BY claim, n LIMIT ?
            """;

    /** The lines of one logical id over several runs, numbered from 1 in the order of their arrival. */
    private static final String OF_SEVERAL =
            "SELECT " + COLUMNS + ", seq FROM (SELECT *, row_number() OVER (ORDER BY ord) AS seq" + """
                FROM task_log WHERE task_id = ANY (?) AND ts >= ?) AS numbered
             WHERE seq >= ? ORDER BY seq LIMIT ?
            """;

    private static final String IS_STORED =
            "SELECT EXISTS (SELECT FROM task_log WHERE task_id = ? AND claim = ? AND n = ? AND ts >= ?)";

    private final Database database;
    private final ObjectReader fieldsReader;
    private final ObjectWriter fieldsWriter;

    LogStore(Database database, ObjectMapper json) {
        this.database = database;
        this.fieldsReader = json.readerForMapOf(String.class);
        this.fieldsWriter = json.writer();
    }

    /** Stores what is new of these and moves the position, in one transaction. */
    void store(List<LogRecord> logs, Map<Integer, Long> positions) {
        database.write(connection -> {
            if (!logs.isEmpty()) {
                insert(connection, logs);
            }
            advance(connection, positions);
            return logs.size();
        });
    }

    private void insert(Connection connection, List<LogRecord> logs) throws SQLException {
        try (Binder insert = Binder.prepare(connection, INSERT)) {
            insert.ids(logs, log -> log.task().uuid())
                    .integers(logs, LogRecord::claim)
                    .integers(logs, LogRecord::n)
                    .numbers(logs, LogRecord::ts_ms)
                    .numbers(logs, LogRecord::number)
                    .integers(logs, LogRecord::attempt)
                    .integers(logs, LogRecord::level)
                    .integers(logs, LogRecord::stream)
                    .numbers(logs, LogRecord::duration_ms)
                    .texts(logs, LogRecord::logical)
                    .texts(logs, LogRecord::run_id)
                    .texts(logs, LogRecord::cron_job_id)
                    .texts(logs, LogRecord::worker)
                    .texts(logs, log -> Storable.text(log.message()))
                    .texts(logs, log -> fields(log.fields()));
            insert.statement().executeUpdate();
        }
    }

    private void advance(Connection connection, Map<Integer, Long> positions) throws SQLException {
        List<Integer> parts = List.copyOf(positions.keySet());
        try (Binder advance = Binder.prepare(connection, ADVANCE)) {
            advance.integers(parts, Integer::intValue).numbers(parts, part -> positions.getOrDefault(part, 0L));
            advance.statement().executeUpdate();
        }
    }

    /** The topic was made anew and ends before what is stored of it: begin there. */
    void reset(int partition, long next) {
        database.write(connection -> {
            try (Binder reset = Binder.prepare(connection, RESET)) {
                return reset.number(next).integer(partition).statement().executeUpdate();
            }
        });
    }

    /** The next offset that is not stored, by partition. */
    Map<Integer, Long> positions() {
        return database.read(connection -> {
            try (PreparedStatement select = connection.prepareStatement(POSITIONS);
                    ResultSet rows = select.executeQuery()) {
                Map<Integer, Long> result = new HashMap<>();
                while (rows.next()) {
                    result.put(rows.getInt(1), rows.getLong(2));
                }
                return result;
            }
        });
    }

    /** Lines of one task whose {@link LogRecord#seq} is {@code from} or above, ascending. */
    List<LogRecord> read(TaskId task, long from, int limit) {
        long zeroBased = Math.max(from, 1) - 1;
        int claim = (int) Math.min(zeroBased / SEQ_PER_CLAIM + 1, Integer.MAX_VALUE);
        int n = (int) (zeroBased % SEQ_PER_CLAIM) + 1;
        return database.read(connection -> {
            try (Binder select = Binder.prepare(connection, OF_ONE)) {
                select.id(task.uuid())
                        .integer(claim)
                        .integer(n)
                        .number(earliest(task))
                        .integer(limit);
                return rows(select, new ArrayList<>());
            }
        });
    }

    /** Lines of several tasks that one logical id names, with numbers of their own: element i has number {@code firstSeq + i}. */
    List<LogRecord> readNumbered(List<TaskId> tasks, long from, int limit) {
        UUID[] ids = tasks.stream().map(TaskId::uuid).toArray(UUID[]::new);
        long earliest = tasks.stream().mapToLong(LogStore::earliest).min().orElse(0);
        return database.read(connection -> {
            try (Binder select = Binder.prepare(connection, OF_SEVERAL)) {
                select.array("uuid", ids).number(earliest).number(from).integer(limit);
                return rows(select, new ArrayList<>());
            }
        });
    }

    boolean isStored(TaskId task, int claim, int n) {
        return database.read(connection -> {
            try (Binder select = Binder.prepare(connection, IS_STORED)) {
                select.id(task.uuid()).integer(claim).integer(n).number(earliest(task));
                try (ResultSet row = select.statement().executeQuery()) {
                    row.next();
                    return row.getBoolean(1);
                }
            }
        });
    }

    private List<LogRecord> rows(Binder select, List<LogRecord> into) throws SQLException {
        try (ResultSet row = select.statement().executeQuery()) {
            while (row.next()) {
                into.add(new LogRecord(
                        new TaskId(row.getObject(1, UUID.class)),
                        row.getLong(5),
                        row.getString(10),
                        row.getString(11),
                        row.getString(12),
                        row.getInt(2),
                        row.getInt(3),
                        row.getInt(6),
                        row.getString(13),
                        row.getInt(7),
                        row.getInt(8),
                        row.getString(14),
                        row.getLong(4),
                        row.getLong(9),
                        fields(row.getString(15))));
            }
            return into;
        }
    }

    private static long earliest(TaskId task) {
        return task.epochMillis() - CLOCK_SKEW_MILLIS;
    }

    private @Nullable String fields(@Nullable Map<String, String> fields) {
        try {
            return fields == null || fields.isEmpty() ? null : Storable.text(fieldsWriter.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of texts is always JSON", e);
        }
    }

    private @Nullable Map<String, String> fields(@Nullable String text) {
        try {
            return text == null ? null : fieldsReader.readValue(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("stored fields are always JSON", e);
        }
    }
}
