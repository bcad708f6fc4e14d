package io.taskhub.dag.run;

import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import io.taskhub.dag.sql.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Who carries which run. This process has a number, and an advisory lock on it as long as its connection lives: when the process dies
 * the lock is gone at once, and its runs are anybody's. Taking a run raises its version, so that whoever had it before, dead or only
 * slow, can write nothing any more.
 */
@Singleton
class Ownership {
    private static final Logger LOG = Logger.getLogger(Ownership.class);

    /** First half of the lock's key; the second is the number. */
    private static final int LOCKS = 0x444147;

    private static final String NUMBER = "SELECT nextval('replica_number')";
    private static final String LOCK = "SELECT pg_try_advisory_lock(" + LOCKS + ", ?)";
    private static final String ALIVE = "SELECT 1";

    private static final String ADOPT = """
            UPDATE run SET owner = ?, version = version + 1 WHERE id IN (
                SELECT id FROM run WHERE open AND owner <> ALL (ARRAY(
                    SELECT objid::bigint::int FROM pg_locks WHERE locktype = 'advisory' AND classid = %d AND objsubid = 2 AND granted
                        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())))
                ORDER BY start_ms LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING id
            """.formatted(LOCKS);

    private static final String TAKE = "UPDATE run SET owner = ?, version = version + 1 WHERE id = ? AND open";

    private static final String RELEASE = "UPDATE run SET owner = 0, version = version + 1 WHERE owner = ? AND open";

    private final Database database;
    private @Nullable Connection session;
    private volatile int number;

    Ownership(Database database) {
        this.database = database;
    }

    /** This process's number, above 0; 0 before {@link #ensure()} succeeded. */
    int number() {
        return number;
    }

    /**
     * Makes sure that the lock is held.
     *
     * @return false when the number is a new one: runs of the old one are orphans now
     */
    synchronized boolean ensure() {
        Connection held = session;
        if (held != null) {
            try (Columns query = new Columns(held, ALIVE)) {
                query.statement().execute();
                return true;
            } catch (SQLException e) {
                LOG.warnf("the connection that proves this replica is alive broke: %s", e.getMessage());
                close(held);
                session = null;
            }
        }
        try {
            Connection fresh = database.open();
            session = fresh;
            number = lock(fresh);
            return false;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static int lock(Connection connection) throws SQLException {
        while (true) {
            int wanted;
            try (Columns query = new Columns(connection, NUMBER);
                    ResultSet row = query.statement().executeQuery()) {
                row.next();
                wanted = row.getInt(1);
            }
            try (Columns query = new Columns(connection, LOCK);
                    ResultSet row = query.set(wanted).statement().executeQuery()) {
                row.next();
                if (row.getBoolean(1)) {
                    return wanted;
                }
            }
        }
    }

    /** Takes runs that nobody alive has, oldest first. */
    List<String> adopt(int most) {
        return database.write(connection -> {
            List<String> runs = new ArrayList<>();
            try (Columns update = new Columns(connection, ADOPT).set(number).set(most);
                    ResultSet row = update.statement().executeQuery()) {
                while (row.next()) {
                    runs.add(row.getString(1));
                }
            }
            return runs;
        });
    }

    /** Takes one run from whoever has it; false when it is closed. */
    boolean take(String run) {
        return database.write(connection -> {
            try (Columns update = new Columns(connection, TAKE).set(number).set(run)) {
                return update.statement().executeUpdate() == 1;
            }
        });
    }

    /** Gives everything back: another replica takes it within a second. */
    @PreDestroy
    synchronized void leave() {
        Connection held = session;
        session = null;
        if (held == null) {
            return;
        }
        try (Columns update = new Columns(held, RELEASE).set(number)) {
            update.statement().executeUpdate();
        } catch (SQLException e) {
            LOG.warnf("runs are not given back, they are found when the lock is gone: %s", e.getMessage());
        }
        close(held);
    }

    /** The session's locks must not live on in the pool. */
    private static void close(Connection connection) {
        try (Connection closing = connection;
                Columns unlock = new Columns(closing, "SELECT pg_advisory_unlock_all()")) {
            unlock.statement().execute();
        } catch (SQLException broken) {
            // A broken connection has lost its session, and with it the lock.
        }
    }
}
