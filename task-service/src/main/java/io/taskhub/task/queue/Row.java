package io.taskhub.task.queue;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.sql.Codes;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A task's hot row as it was read: what a decision needs, and the version ({@code seq}) that guards it. Times in epoch ms. */
record Row(
        TaskId id,
        long number,
        Origin origin,
        TaskState state,
        String queue,
        String type,
        @Nullable String runId,
        @Nullable String logicalId,
        int seq,
        long runAt,
        int claim,
        int settledClaim,
        int attempt,
        int maxAttempts,
        int lost,
        @Nullable UUID session,
        long claimedAt,
        long deadline,
        long timeoutMs,
        boolean timeoutFinal,
        String retry,
        boolean cancelRequested,
        boolean timedOut,
        boolean unique,
        int progressN,
        int percent,
        int logCount,
        long updatedAt,
        long finishedAt) {

    static final String COLUMNS = """
            t.id, t.number, t.origin, t.state, t.queue, t.type, t.run_id, t.logical_id, t.seq, t.run_at, t.claim,
            t.settled_claim, t.attempt, t.max_attempts, t.lost, t.session, t.claimed_at, t.deadline, t.timeout_ms,
            t.timeout_final, t.retry, t.cancel_requested, t.timed_out, t.has_unique, t.progress_n, t.percent,
            t.log_count, t.updated_at, t.finished_at""";

    /** Reads the first columns of a result, in the order of {@link #COLUMNS}. */
    static Row read(ResultSet r) throws SQLException {
        return new Row(
                new TaskId(r.getObject(1, UUID.class)),
                r.getLong(2),
                Codes.origin(r.getInt(3)),
                Codes.state(r.getInt(4)),
                r.getString(5),
                r.getString(6),
                r.getString(7),
                r.getString(8),
                r.getInt(9),
                r.getLong(10),
                r.getInt(11),
                r.getInt(12),
                r.getInt(13),
                r.getInt(14),
                r.getInt(15),
                r.getObject(16, UUID.class),
                r.getLong(17),
                r.getLong(18),
                r.getLong(19),
                r.getBoolean(20),
                r.getString(21),
                r.getBoolean(22),
                r.getBoolean(23),
                r.getBoolean(24),
                r.getInt(25),
                r.getInt(26),
                r.getInt(27),
                r.getLong(28),
                r.getLong(29));
    }

    String logical() {
        return logicalId != null ? logicalId : Long.toString(number);
    }
}
