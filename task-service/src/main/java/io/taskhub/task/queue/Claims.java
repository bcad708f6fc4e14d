package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** SQL that hands out work. */
@SuppressWarnings("InlineFormatString") // SQL stands in named constants
@ApplicationScoped
class Claims {
    static final int[] PRIORITIES = {2, 1, 0, -1};

    /**
     * One probe of the claimable index per queue and priority, stopping at the queue's share. Rows that others are claiming are
     * stepped over. The scalar subquery makes the clock an index condition.
     */
    private static final String CLAIM = """
            WITH clk AS MATERIALIZED (SELECT clock() AS now),
            picked AS MATERIALIZED (
                SELECT c.id, row_number() OVER () AS place
                FROM unnest(?::text[], ?::int[]) WITH ORDINALITY AS q (name, share, o)
                CROSS JOIN LATERAL (SELECT 1 FROM queue WHERE queue.name = q.name AND NOT queue.paused) open
                CROSS JOIN LATERAL (
                    SELECT x.id FROM unnest(?::int[]) WITH ORDINALITY AS p (priority, k)
                    CROSS JOIN LATERAL (
                        SELECT t.id FROM task t
                        WHERE t.queue = q.name AND t.priority = p.priority AND t.state IN (0, 1, 3) AND NOT t.held
                            AND t.run_at >= (?::bigint[])[(q.o - 1) * 4 + p.k] AND t.run_at <= (SELECT now FROM clk)
                            AND t.type = ANY (?) AND t.labels <@ ?
                        ORDER BY t.run_at, t.number LIMIT q.share FOR UPDATE SKIP LOCKED) x
                    LIMIT q.share) c),
            claimed AS (
                UPDATE task t SET state = 2, seq = t.seq + 1, claim = t.claim + 1, attempt = t.attempt + 1,
                    session = ?, claim_request = ?, claimed_at = clk.now, progress_n = 0,
                    started_at = CASE WHEN t.attempt = 0 THEN clk.now ELSE t.started_at END,
                    updated_at = greatest(clk.now, t.updated_at),
                    deadline = CASE WHEN t.timeout_ms > 0 THEN clk.now + t.timeout_ms END
                FROM picked, clk WHERE t.id = picked.id AND t.state IN (0, 1, 3)
                RETURNING t.*, picked.place)
            SELECT %s, t.place, t.seq, t.run_at, t.priority, t.updated_at
            FROM claimed t JOIN task_detail d ON d.task_id = t.id
            """;

    private static final String LEASE_COLUMNS = """
            t.id, t.number, t.logical_id, t.run_id, d.cron_job_id, t.origin, t.claim, t.attempt, t.max_attempts, t.queue,
            t.type, d.payload, t.timeout_ms, d.traceparent""";

    private static final String CLAIM_LEASES = CLAIM.formatted(LEASE_COLUMNS);

    private static final String AGAIN = "SELECT " + LEASE_COLUMNS + """
             FROM task t JOIN task_detail d ON d.task_id = t.id
            WHERE t.state = 2 AND t.session = ? AND t.claim_request = ? ORDER BY t.number
            """;

    private final EventHistory history;

    Claims(EventHistory history) {
        this.history = history;
    }

    /** A lease with what the queue learns from handing it out. Times in epoch ms. */
    record Claimed(Lease lease, long place, int seq, long runAt, int priority, long now) {}

    /** Takes up to each queue's share, in the order of the queues, then priority, then due time; with their events. */
    List<Claimed> takeInTransaction(
            Connection connection,
            Lease.ClaimRequest request,
            Profile profile,
            Map<String, Integer> shares,
            long[] floors)
            throws SQLException {
        List<String> queues = List.copyOf(shares.keySet());
        List<Claimed> claimed = new ArrayList<>();
        try (Binder query = Binder.prepare(connection, CLAIM_LEASES)) {
            query.texts(queues)
                    .integers(queues, shares::get)
                    .array("int4", PRIORITIES)
                    .array("int8", floors)
                    .texts(profile.types())
                    .texts(profile.labels())
                    .id(request.session())
                    .id(request.request());
            try (ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    claimed.add(new Claimed(
                            lease(rows),
                            rows.getLong(15),
                            rows.getInt(16),
                            rows.getLong(17),
                            rows.getInt(18),
                            rows.getLong(19)));
                }
            }
        }
        claimed.sort(Comparator.comparingLong(Claimed::place));
        List<TaskEvent> events = new ArrayList<>(claimed.size());
        for (Claimed c : claimed) {
            events.add(started(c, request.worker()));
        }
        history.appendInTransaction(connection, events);
        return claimed;
    }

    /** What a request was given before, when its answer was lost. */
    List<Lease> again(Connection connection, UUID session, UUID request) throws SQLException {
        try (Binder query = Binder.prepare(connection, AGAIN).id(session).id(request);
                ResultSet rows = query.statement().executeQuery()) {
            List<Lease> leases = new ArrayList<>();
            while (rows.next()) {
                leases.add(lease(rows));
            }
            return leases;
        }
    }

    private static TaskEvent started(Claimed c, String worker) {
        Lease lease = c.lease();
        return new TaskEvent.Started(
                new TaskEvent.Subject(
                        lease.task(),
                        lease.number(),
                        lease.logical(),
                        lease.run_id(),
                        lease.origin(),
                        c.seq(),
                        c.now()),
                lease.attempt(),
                lease.max_attempts(),
                worker);
    }

    private static Lease lease(ResultSet r) throws SQLException {
        long number = r.getLong(2);
        String logical = r.getString(3);
        return new Lease(
                new TaskId(r.getObject(1, UUID.class)),
                number,
                logical == null ? Long.toString(number) : logical,
                r.getString(4),
                r.getString(5),
                Codes.origin(r.getInt(6)),
                r.getInt(7),
                r.getInt(8),
                r.getInt(9),
                r.getString(10),
                r.getString(11),
                r.getString(12),
                r.getLong(13),
                r.getString(14));
    }
}
