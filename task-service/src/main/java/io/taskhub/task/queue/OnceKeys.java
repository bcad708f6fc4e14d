package io.taskhub.task.queue;

import io.taskhub.task.Once;
import io.taskhub.task.sql.Binder;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Idempotency keys (decisions §4): claimed before the tasks, answered after them, in one transaction with both. */
final class OnceKeys {
    private static final long KEPT_MS = 24 * 3600 * 1000L;

    /** Waits for another transaction that has the key, then finds it taken. */
    private static final String TAKE = """
            INSERT INTO once AS o (caller, path, key, fingerprint, until) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (caller, path, key) DO UPDATE
            SET fingerprint = excluded.fingerprint, until = excluded.until, status = NULL, body = NULL WHERE o.until <= ?
            """;

    private static final String READ =
            "SELECT fingerprint, status, body FROM once WHERE caller = ? AND path = ? AND key = ?";
    private static final String ANSWER =
            "UPDATE once SET status = ?, body = ? WHERE caller = ? AND path = ? AND key = ?";

    private OnceKeys() {}

    /** The body's fingerprint that the key stands for, and the answer it got. */
    record Kept(String fingerprint, Once.Answer answer) {}

    /** Null when the key is this call's now; else what it was used for. */
    static @Nullable Kept takeInTransaction(Connection connection, Once once, long now) throws SQLException {
        try (Binder insert = Binder.prepare(connection, TAKE)) {
            insert.text(once.caller()).text(once.path()).text(once.key()).text(once.fingerprint());
            insert.number(now + KEPT_MS).number(now);
            return insert.statement().executeUpdate() == 1 ? null : read(connection, once);
        }
    }

    static @Nullable Kept read(Connection connection, Once once) throws SQLException {
        try (Binder query = Binder.prepare(connection, READ)) {
            query.text(once.caller()).text(once.path()).text(once.key());
            try (ResultSet row = query.statement().executeQuery()) {
                return row.next() ? new Kept(row.getString(1), new Once.Answer(row.getInt(2), row.getString(3))) : null;
            }
        }
    }

    static void answerInTransaction(Connection connection, Once once, Once.Answer answer) throws SQLException {
        try (Binder update = Binder.prepare(connection, ANSWER)) {
            update.integer(answer.status()).text(answer.body());
            update.text(once.caller())
                    .text(once.path())
                    .text(once.key())
                    .statement()
                    .executeUpdate();
        }
    }
}
