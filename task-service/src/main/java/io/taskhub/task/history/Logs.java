package io.taskhub.task.history;

import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.LogQuery;
import io.taskhub.task.StoredLog;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Answers log queries: finds the tasks that a query means, waits until the store has what it must have, reads. */
@ApplicationScoped
public class Logs {
    private static final long LAST_RECORD_WAIT = TimeUnit.SECONDS.toNanos(2);
    private static final long OFFSETS_WAIT = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_AGAIN_MILLIS = 25;

    /** A logical id names the nodes of DAG runs, the newest last. */
    private static final String BY_LOGICAL_ID = """
            SELECT id, state, settled_claim, log_count FROM task
             WHERE logical_id = ? AND (?::text IS NULL OR run_id = ?) ORDER BY number
            """;

    private static final String BY_UUID =
            "SELECT id, state, settled_claim, log_count FROM task WHERE id = ? AND (?::text IS NULL OR run_id = ?)";

    private static final String BY_NUMBER =
            "SELECT id, state, settled_claim, log_count FROM task WHERE number = ? AND (?::text IS NULL OR run_id = ?)";

    private final Database database;
    private final LogStore store;
    private final LogIntake intake;

    /** A task that a query means, and what its last claim wrote. */
    private record Subject(TaskId id, TaskState state, int claim, int logs) {
        boolean isComplete(LogStore store) {
            return !state.isFinal() || logs == 0 || store.isStored(id, claim, logs);
        }
    }

    /** The store has not passed the offsets in time. */
    public static final class Behind extends RuntimeException {
        Behind() {
            super("the log store is behind", null, false, false);
        }
    }

    Logs(Database database, LogStore store, LogIntake intake) {
        this.database = database;
        this.store = store;
        this.intake = intake;
    }

    /** @throws Behind when the store does not pass {@link LogQuery#offsets} within 5 s */
    public List<StoredLog> find(LogQuery query) {
        if (!query.offsets().isEmpty() && !await(OFFSETS_WAIT, () -> hasPassed(query.offsets()))) {
            throw new Behind();
        }
        List<Subject> subjects = subjects(query.task(), query.runId());
        for (Subject subject : subjects) {
            // After the wait the answer is what there is: a worker may have died with its last lines.
            await(LAST_RECORD_WAIT, () -> subject.isComplete(store));
        }
        if (subjects.size() > 1 && query.runId() == null) {
            return numbered(subjects, query);
        }
        List<StoredLog> result = new ArrayList<>();
        for (Subject subject : subjects) {
            for (LogRecord log : store.read(subject.id(), query.from(), query.limit() - result.size())) {
                result.add(new StoredLog(log.seq(), log));
            }
        }
        return result;
    }

    private List<StoredLog> numbered(List<Subject> subjects, LogQuery query) {
        long from = Math.max(query.from(), 1);
        List<TaskId> ids = subjects.stream().map(Subject::id).toList();
        List<StoredLog> result = new ArrayList<>();
        for (LogRecord log : store.readNumbered(ids, from, query.limit())) {
            result.add(new StoredLog(from + result.size(), log));
        }
        return result;
    }

    private boolean hasPassed(Map<Integer, Long> offsets) {
        Map<Integer, Long> positions = store.positions();
        return offsets.entrySet().stream()
                .allMatch(wanted -> positions.getOrDefault(wanted.getKey(), 0L) >= wanted.getValue());
    }

    private boolean await(long nanos, BooleanSupplier condition) {
        long deadline = System.nanoTime() + nanos;
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() >= deadline) {
                    return false;
                }
                intake.awaitNextBatch(LOOK_AGAIN_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<Subject> subjects(String key, @Nullable String runId) {
        List<Subject> byLogicalId = query(BY_LOGICAL_ID, key, runId);
        if (!byLogicalId.isEmpty()) {
            return byLogicalId;
        }
        return TaskId.parse(key)
                .map(id -> query(BY_UUID, id.uuid(), runId))
                .orElseGet(() -> number(key) == null ? List.of() : query(BY_NUMBER, number(key), runId));
    }

    private static @Nullable Long number(String key) {
        try {
            return Long.valueOf(key);
        } catch (NumberFormatException e) {
            return null;
        }
    }

    private List<Subject> query(String sql, @Nullable Object key, @Nullable String runId) {
        return database.read(connection -> {
            try (Binder select = Binder.prepare(connection, sql)) {
                switch (key) {
                    case UUID id -> select.id(id);
                    case Long number -> select.number(number);
                    case null, default -> select.text(String.valueOf(key));
                }
                select.text(runId).text(runId);
                try (ResultSet row = select.statement().executeQuery()) {
                    List<Subject> result = new ArrayList<>();
                    while (row.next()) {
                        result.add(new Subject(
                                new TaskId(row.getObject(1, UUID.class)),
                                Codes.state(row.getInt(2)),
                                row.getInt(3),
                                row.getInt(4)));
                    }
                    return result;
                }
            }
        });
    }
}
