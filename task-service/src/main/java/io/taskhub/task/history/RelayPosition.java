package io.taskhub.task.history;

import io.taskhub.task.sql.Codes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How far the history is published, as a PostgreSQL snapshot, and the connection whose session lock makes this process the only
 * relay. Not safe for two threads.
 */
@SuppressWarnings("InlineFormatString") // SQL stands in named constants
final class RelayPosition implements AutoCloseable {
    static final long LOCK_KEY = 0x7461736b_0001L;
    private static final int FETCH = 2_000;
    private static final long SAVE_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

    private static final String TAKE = "SELECT pg_try_advisory_lock(" + LOCK_KEY + ")";
    private static final String GIVE = "SELECT pg_advisory_unlock(" + LOCK_KEY + ")";
    private static final String LOAD = "SELECT snapshot, real_at FROM relay_position";

    /** Nothing waits for this connection's commits; its news are sorted, whatever the pool's connections prefer. */
    private static final String SETTLE_IN = "SET synchronous_commit = off; SET enable_sort = on";

    private static final String LEAVE_AS_FOUND = "RESET synchronous_commit; SET enable_sort = off";

    private static final String NEXT =
            "SELECT pg_current_snapshot()::text, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

    /**
     * Visible in the new snapshot and not in the last. The bound on {@code at} leaves out partitions: an event is written at
     * most a day after its transaction took its time, and the engine's clock is never behind the real one. Materialized,
     * for sorting must come last: else the planner walks the whole history in the order of its primary key.
     */
    private static final String NEWS = """
            WITH news AS MATERIALIZED (
                SELECT task_id, seq, kind, origin, run_id, body FROM task_event
                 WHERE tx >= pg_snapshot_xmin(%1$s::pg_snapshot)
                   AND NOT pg_visible_in_snapshot(tx, %1$s::pg_snapshot)
                   AND pg_visible_in_snapshot(tx, %2$s::pg_snapshot)
                   AND at >= %3$s)
            SELECT * FROM news ORDER BY task_id, seq
            """;

    /** What a run usually finds fits into one answer, from a statement that is planned once. */
    private static final String FEW = NEWS.formatted("?", "?", "?") + " LIMIT " + FETCH;

    /** Held beyond its transaction: however long Kafka takes, no snapshot stays open that vacuum would have to respect. */
    private static final String DECLARE = "DECLARE news NO SCROLL CURSOR WITH HOLD FOR ";

    private static final String FETCH_NEWS = "FETCH " + FETCH + " FROM news";
    private static final String CLOSE_NEWS = "CLOSE news";

    private static final String SAVE = "UPDATE relay_position SET snapshot = ?, real_at = ?";

    private static final String PARK = """
            INSERT INTO parked_event (task_id, seq, parked_at, reason, body)
            VALUES (?, ?, (SELECT clock()), ?, ?) ON CONFLICT DO NOTHING
            """;

    private static final EventKind[] KINDS = EventKind.values();

    private final Connection connection;
    private String snapshot;
    private long realAt;
    private boolean dirty;
    private long savedAt = System.nanoTime();

    private RelayPosition(Connection connection, String snapshot, long realAt) {
        this.connection = connection;
        this.snapshot = snapshot;
        this.realAt = realAt;
    }

    /** Takes the lock on this connection, or closes the connection and returns null when another replica has it. */
    static @Nullable RelayPosition tryTake(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            try (ResultSet locked = statement.executeQuery(TAKE)) {
                locked.next();
                if (!locked.getBoolean(1)) {
                    connection.close();
                    return null;
                }
            }
            statement.execute(SETTLE_IN);
            try (ResultSet row = statement.executeQuery(LOAD)) {
                row.next();
                return new RelayPosition(connection, row.getString(1), row.getLong(2));
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Publishes what is new, waits for Kafka's word and moves on. Returns how many events were new. */
    int advance(EventPublisher publisher) throws SQLException, InterruptedException {
        String next;
        long nextRealAt;
        int count;
        try (Statement statement = connection.createStatement()) {
            try (ResultSet row = statement.executeQuery(NEXT)) {
                row.next();
                next = row.getString(1);
                nextRealAt = row.getLong(2);
            }
            if (next.equals(snapshot)) {
                return 0;
            }
            count = publishUntil(statement, next, publisher);
        }
        dirty = true;
        snapshot = next;
        realAt = nextRealAt;
        return count;
    }

    private int publishUntil(Statement statement, String next, EventPublisher publisher)
            throws SQLException, InterruptedException {
        long notBefore = realAt - TimeUnit.DAYS.toMillis(1);
        List<EventPublisher.StoredEvent> few = few(next, notBefore);
        int count;
        if (few.size() < FETCH) {
            few.forEach(publisher::send);
            count = few.size();
        } else {
            count = publishMany(statement, next, notBefore, publisher);
        }
        for (EventPublisher.Parked parked : publisher.awaitAcknowledged()) {
            park(parked);
        }
        return count;
    }

    private List<EventPublisher.StoredEvent> few(String next, long notBefore) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FEW)) {
            select.setString(1, snapshot);
            select.setString(2, snapshot);
            select.setString(3, next);
            select.setLong(4, notBefore);
            try (ResultSet rows = select.executeQuery()) {
                List<EventPublisher.StoredEvent> events = new ArrayList<>();
                while (rows.next()) {
                    events.add(event(rows));
                }
                return events;
            }
        }
    }

    /** After an outage there may be millions: page by page, in one order over all of them. */
    private int publishMany(Statement statement, String next, long notBefore, EventPublisher publisher)
            throws SQLException {
        statement.execute(DECLARE + NEWS.formatted("'" + snapshot + "'", "'" + next + "'", notBefore));
        int count = 0;
        try {
            for (int page = FETCH; page == FETCH; count += page) {
                page = 0;
                try (ResultSet rows = statement.executeQuery(FETCH_NEWS)) {
                    while (rows.next()) {
                        publisher.send(event(rows));
                        page++;
                    }
                }
            }
        } finally {
            statement.execute(CLOSE_NEWS);
        }
        return count;
    }

    private static EventPublisher.StoredEvent event(ResultSet row) throws SQLException {
        return new EventPublisher.StoredEvent(
                row.getString(1),
                row.getInt(2),
                KINDS[row.getInt(3)],
                Codes.origin(row.getInt(4)),
                row.getString(5),
                row.getString(6));
    }

    private void park(EventPublisher.Parked parked) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(PARK)) {
            insert.setObject(1, UUID.fromString(parked.event().task()));
            insert.setInt(2, parked.event().seq());
            insert.setString(3, parked.reason());
            insert.setString(4, parked.event().body());
            insert.executeUpdate();
        }
    }

    /** At most four times a second: what is lost with a crash is published again. */
    void saveNowAndThen() throws SQLException {
        if (System.nanoTime() - savedAt >= SAVE_EVERY_NANOS) {
            save();
        }
    }

    void save() throws SQLException {
        if (!dirty) {
            return;
        }
        try (PreparedStatement save = connection.prepareStatement(SAVE)) {
            save.setString(1, snapshot);
            save.setLong(2, realAt);
            save.executeUpdate();
        }
        dirty = false;
        savedAt = System.nanoTime();
    }

    /** Gives the lock back; the position that was not saved is worked off again by the next relay. */
    @Override
    public void close() {
        try (connection;
                Statement statement = connection.createStatement()) {
            statement.execute(GIVE);
            statement.execute(LEAVE_AS_FOUND);
        } catch (SQLException broken) {
            // A broken connection has lost its session, and with it the lock.
        }
    }
}
