package io.taskhub.task.queue;

import io.taskhub.task.NewTask;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Commits batches of creates. A batch that the data is to blame for is split until the culprit stands alone; strangers succeed.
 * When the answer to COMMIT is lost, the database is asked what became of the transaction: no caller is told something untrue.
 */
final class IntakeLane {
    private static final int COLLISIONS_ALLOWED = 5;
    private static final int LOOKUPS = 50;
    private static final Duration BETWEEN_LOOKUPS = Duration.ofMillis(200);
    private static final String STATUS = "SELECT pg_xact_status(?::xid8)";

    private final Database database;
    private final NewTaskTable table;
    private final Queues queues;
    private final Consumer<List<NewRow>> committed;

    IntakeLane(Database database, NewTaskTable table, Queues queues, Consumer<List<NewRow>> committed) {
        this.database = database;
        this.table = table;
        this.queues = queues;
        this.committed = committed;
    }

    /** Every call's answer is complete when this returns, one way or the other. Never throws. */
    void commit(List<Call> calls) {
        try {
            tryCommit(calls, COLLISIONS_ALLOWED);
        } catch (RuntimeException | SQLException e) {
            fail(calls, e);
        } catch (Error e) {
            fail(calls, e);
            throw e;
        }
    }

    private static void fail(List<Call> calls, Throwable cause) {
        calls.forEach(c -> c.answer.completeExceptionally(cause));
    }

    private void tryCommit(List<Call> calls, int triesLeft) throws SQLException {
        try {
            commitOnce(calls);
        } catch (DatabaseException e) {
            if (e.isCollision() && triesLeft > 0) {
                tryCommit(calls, triesLeft - 1);
            } else if (e.blamesTheData()) {
                split(calls, e);
            } else {
                throw e;
            }
        }
    }

    private void split(List<Call> calls, DatabaseException cause) throws SQLException {
        if (calls.size() > 1) {
            int middle = calls.size() / 2;
            commit(calls.subList(0, middle));
            commit(calls.subList(middle, calls.size()));
            return;
        }
        Call call = calls.getFirst();
        int known = call.refused.size();
        findCulprits(call);
        if (call.refused.size() == known) {
            throw cause;
        }
        tryCommit(calls, 0);
    }

    private void commitOnce(List<Call> calls) throws SQLException {
        IntakeBatch batch = new IntakeBatch(table, queues, calls);
        Connection connection = open();
        try (connection) {
            connection.setAutoCommit(false);
            try {
                batch.runInTransaction(connection);
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                connection.setAutoCommit(true);
                throw e;
            }
            try {
                connection.commit();
            } catch (SQLException e) {
                if (!wasCommitted(batch.transaction())) {
                    throw e;
                }
            }
            restore(connection);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
        batch.publishQueues();
        committed.accept(batch.rows());
        batch.complete();
    }

    private Connection open() {
        try {
            return database.open();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static void restore(Connection connection) {
        try {
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            // Committed all the same; the pool drops a broken connection.
        }
    }

    /** Asks for up to ten seconds, long enough for a database to come back from a restart. */
    private boolean wasCommitted(String transaction) throws SQLException {
        SQLException last = new SQLException("the outcome of a commit is unknown");
        for (int i = 0; i < LOOKUPS; i++) {
            try (Connection connection = database.open();
                    Binder query = Binder.prepare(connection, STATUS)) {
                String status = status(query.text(transaction));
                if (!"in progress".equals(status)) {
                    return "committed".equals(status);
                }
            } catch (SQLException e) {
                last = e;
            }
            LockSupport.parkNanos(BETWEEN_LOOKUPS.toNanos());
        }
        throw last;
    }

    private static @Nullable String status(Binder query) throws SQLException {
        try (ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    /** Tries every task of one call by itself, in a transaction that is rolled back. */
    private void findCulprits(Call call) throws SQLException {
        try (Connection connection = database.open()) {
            connection.setAutoCommit(false);
            try {
                NewTaskTable.Beginning begin = table.begin(connection, 1);
                for (int i = 0; i < call.items.size(); i++) {
                    String refusal = refusal(connection, call.items.get(i), begin);
                    if (refusal != null) {
                        call.refused.put(i, refusal);
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        }
    }

    /** What is there already is not stored again, so nothing can be wrong with it. */
    private static boolean isHeld(Connection connection, String key, Call.Item item, long now) throws SQLException {
        var wanted = new UniqueKeys.Wanted(key, item.id(), now);
        return !UniqueKeys.takeInTransaction(connection, List.of(wanted), now).isEmpty();
    }

    private @Nullable String refusal(Connection connection, Call.Item item, NewTaskTable.Beginning begin)
            throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            NewTask.Unique unique = item.task().unique();
            if (unique != null && isHeld(connection, unique.key(), item, begin.now())) {
                return null;
            }
            table.insertInTransaction(
                    connection, List.of(NewRow.of(item, begin.numbers().getFirst(), begin.now())));
            table.insertQueues(connection, List.of(item.task().queue()));
            return null;
        } catch (SQLException e) {
            if (!new DatabaseException(e).blamesTheData()) {
                throw e;
            }
            return "the database does not accept this task: " + e.getMessage();
        } finally {
            connection.rollback(before);
        }
    }
}
