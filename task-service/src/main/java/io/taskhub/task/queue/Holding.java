package io.taskhub.task.queue;

import io.taskhub.task.sql.Binder;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Keeps the tasks of a batch out of the claimable index. The flag is set on all of them, whatever their state: a retry or a restart
 * stays held without another look. It is no part of a task's history, so neither version nor event comes with it.
 */
@ApplicationScoped
public class Holding {
    /** In the order of ids, so that two of them never wait for each other. What waited is due now, not when it was held. */
    private static final String HOLD = """
            WITH locked AS MATERIALIZED (
                SELECT t.id FROM task t
                WHERE t.id = ANY (ARRAY(SELECT d.task_id FROM task_detail d WHERE d.batch = ?)) ORDER BY t.id FOR UPDATE)
            UPDATE task t SET held = h.held,
                run_at = CASE WHEN h.held OR t.state >= 4 THEN t.run_at ELSE greatest(t.run_at, clock()) END
            FROM locked, (SELECT ?::bool AS held) h
            WHERE t.id = locked.id AND t.held <> h.held
            RETURNING t.queue, t.state IN (0, 1, 3)
            """;

    private final Signals signals;

    Holding(Signals signals) {
        this.signals = signals;
    }

    /** Returns how many tasks a worker could now take, by queue; tell {@link #released} of them after the commit. */
    public Map<String, Integer> holdInTransaction(Connection connection, UUID batch, boolean held) throws SQLException {
        Map<String, Integer> free = new HashMap<>();
        try (Binder update = Binder.prepare(connection, HOLD).id(batch).flag(held);
                ResultSet rows = update.statement().executeQuery()) {
            while (rows.next()) {
                if (!held && rows.getBoolean(2)) {
                    free.merge(rows.getString(1), 1, Integer::sum);
                }
            }
        }
        return free;
    }

    /** Wakes who waits for work. */
    public void released(Map<String, Integer> tasks) {
        if (!tasks.isEmpty()) {
            signals.released(tasks);
        }
    }
}
