package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.sql.Binder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Unique keys (decisions §4): one row per key, taken in the order of the keys so that two batches never wait in a circle. */
final class UniqueKeys {
    /** A key whose window has elapsed is taken over; one that stands is left alone and not returned. */
    private static final String TAKE = """
            INSERT INTO unique_key AS k (key, task_id, until)
            SELECT * FROM unnest(?::text[], ?::uuid[], ?::bigint[]) AS w (key, task_id, until)
            ON CONFLICT (key) DO UPDATE SET task_id = excluded.task_id, until = excluded.until WHERE k.until <= ?
            RETURNING key
            """;

    private static final String HOLDERS = "SELECT key, task_id FROM unique_key WHERE key = ANY (?)";

    private UniqueKeys() {}

    /** A key that a task wants until {@code until}. */
    record Wanted(String key, TaskId task, long until) {}

    /** Takes what is free; returns for every key that is not who holds it. Keys must differ. */
    static Map<String, TaskId> takeInTransaction(Connection connection, List<Wanted> wanted, long now)
            throws SQLException {
        if (wanted.isEmpty()) {
            return Map.of();
        }
        List<Wanted> sorted = new ArrayList<>(wanted);
        sorted.sort(Comparator.comparing(Wanted::key));
        Set<String> taken = new HashSet<>();
        try (Binder insert = Binder.prepare(connection, TAKE)) {
            insert.texts(sorted, Wanted::key)
                    .ids(sorted, w -> w.task().uuid())
                    .numbers(sorted, Wanted::until)
                    .number(now);
            try (ResultSet rows = insert.statement().executeQuery()) {
                while (rows.next()) {
                    taken.add(rows.getString(1));
                }
            }
        }
        return taken.size() == sorted.size()
                ? Map.of()
                : holders(
                        connection,
                        sorted.stream()
                                .map(Wanted::key)
                                .filter(k -> !taken.contains(k))
                                .toList());
    }

    private static Map<String, TaskId> holders(Connection connection, List<String> keys) throws SQLException {
        Map<String, TaskId> holders = new HashMap<>();
        try (Binder query = Binder.prepare(connection, HOLDERS)) {
            query.texts(keys);
            try (ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    holders.put(rows.getString(1), new TaskId(rows.getObject(2, UUID.class)));
                }
            }
        }
        return holders;
    }
}
