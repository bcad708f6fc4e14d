package io.taskhub.cron.fires;

import io.taskhub.cron.CronConfig;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.engine.Outcome;
import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** What has become of claimed fires. Every change is guarded by the state it leaves, so a late one changes nothing. */
@Singleton
public class FireLedger {
    private static final int MOST = 1_000;
    private static final long LONGEST_BACKOFF_MS = 10_000;

    /** The lease of whoever held them has run out: he died, or the other service was down. */
    private static final String OVERDUE = """
            WITH picked AS MATERIALIZED (
                SELECT id FROM fire WHERE deliver_ms <= (SELECT clock())
                ORDER BY deliver_ms LIMIT ? FOR UPDATE SKIP LOCKED),
            taken AS (
                UPDATE fire f SET deliver_ms = clock() + ?, attempts = attempts + 1
                FROM picked p WHERE f.id = p.id RETURNING f.*)
            SELECT %s FROM taken f JOIN job j ON j.id = f.job_id ORDER BY f.id""".formatted(DueRows.COLUMNS);

    private static final String CREATED = """
            UPDATE fire f SET state = 'created', started_kind = s.kind, started_id = s.id, fired_ms = (SELECT clock()),
                deliver_ms = NULL
            FROM unnest(?::bigint[], ?::text[], ?::text[]) AS s (fire, kind, id)
            WHERE f.id = s.fire AND f.state IN ('claimed', 'admitted')
            RETURNING f.source = 'schedule' AS scheduled, f.fired_ms - f.scheduled_ms AS late_ms""";

    private static final String FAILED = """
            UPDATE fire f SET state = 'failed', reason = s.reason, deliver_ms = NULL
            FROM unnest(?::bigint[], ?::text[]) AS s (fire, reason)
            WHERE f.id = s.fire AND f.state IN ('claimed', 'admitted')""";

    private static final String POSTPONED = """
            UPDATE fire f SET deliver_ms = (SELECT clock()) + s.wait_ms,
                reason = CASE f.reason WHEN '' THEN s.reason ELSE f.reason END
            FROM unnest(?::bigint[], ?::bigint[], ?::text[]) AS s (fire, wait_ms, reason)
            WHERE f.id = s.fire AND f.state IN ('claimed', 'admitted')""";

    private final Database database;
    private final DueRows rows;
    private final long leaseMs;

    @Inject
    public FireLedger(Database database, DueRows rows, CronConfig config) {
        this.database = database;
        this.rows = rows;
        this.leaseMs = config.lease().toMillis();
    }

    /** Takes over up to 1,000 fires that nobody is starting any more. */
    public List<Due> takeOverdue() {
        return database.rows(OVERDUE, rows::of, MOST, leaseMs);
    }

    /** @return by how many ms the fires of a schedule were late */
    public List<Long> created(List<Outcome> outcomes) {
        return outcomes.isEmpty()
                ? List.of()
                : database
                        .rows(
                                CREATED,
                                row -> row.getBoolean("scheduled") ? row.getLong("late_ms") : -1L,
                                fires(outcomes),
                                outcomes.stream()
                                        .map(outcome -> outcome.due().kind().wire())
                                        .toList(),
                                outcomes.stream()
                                        .map(outcome -> String.valueOf(outcome.startedId()))
                                        .toList())
                        .stream()
                        .filter(late -> late >= 0)
                        .toList();
    }

    public void failed(List<Outcome> outcomes) {
        if (!outcomes.isEmpty()) {
            database.update(
                    FAILED,
                    fires(outcomes),
                    outcomes.stream().map(Outcome::error).toList());
        }
    }

    /** Tried again after 1, 2, 4 … at most 10 s. */
    public void postponed(List<Due> dues, String reason) {
        if (!dues.isEmpty()) {
            database.update(
                    POSTPONED,
                    dues.stream().map(Due::fire).toList(),
                    dues.stream().map(due -> backoffMs(due.attempts())).toList(),
                    dues.stream().map(due -> reason).toList());
        }
    }

    static long backoffMs(int attempts) {
        return Math.min(LONGEST_BACKOFF_MS, 1_000L << Math.clamp(attempts, 0, 10));
    }

    private static List<Long> fires(List<Outcome> outcomes) {
        return outcomes.stream().map(outcome -> outcome.due().fire()).toList();
    }
}
