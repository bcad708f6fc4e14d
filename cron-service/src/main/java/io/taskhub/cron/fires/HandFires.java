package io.taskhub.cron.fires;

import io.taskhub.cron.CronConfig;
import io.taskhub.cron.Fire;
import io.taskhub.cron.Job;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Fires that somebody asks for: one now, or those of a past range. They are made of paused jobs too. */
@Singleton
public class HandFires {
    private static final int TRIES = 100;

    /** Two in one millisecond get one each. */
    private static final String NOW = """
            WITH written AS (
                INSERT INTO fire (job_id, scheduled_ms, source, state, recorded_ms, deliver_ms)
                SELECT id, (SELECT clock()) + ?, 'manual', 'admitted', (SELECT clock()), (SELECT clock()) + ?
                FROM job WHERE id = ?
                ON CONFLICT DO NOTHING
                RETURNING *)
            SELECT %s FROM written f JOIN job j ON j.id = f.job_id""".formatted(DueRows.COLUMNS);

    /**
     * What the schedule has fired, or will, is not fired again; what it skipped is. Where fires must not overlap, these wait in the
     * queue.
     */
    private static final String BACKFILL = """
            WITH locked AS MATERIALIZED (SELECT * FROM job WHERE id = ? FOR UPDATE),
            written AS (
                INSERT INTO fire (job_id, scheduled_ms, source, state, recorded_ms, deliver_ms)
                SELECT j.id, t.ms, 'backfill', ?, (SELECT clock()), CASE WHEN ? THEN (SELECT clock()) + ? END
                FROM locked j CROSS JOIN unnest(?::bigint[]) WITH ORDINALITY AS t (ms, position)
                WHERE t.ms < coalesce(j.next_fire_ms, t.ms + 1)
                    AND NOT EXISTS (SELECT 1 FROM fire f WHERE f.job_id = j.id AND f.scheduled_ms = t.ms
                        AND f.source = 'schedule' AND f.state NOT IN ('skipped', 'failed'))
                ORDER BY t.position
                ON CONFLICT DO NOTHING
                RETURNING *)
            SELECT %s FROM written f JOIN job j ON j.id = f.job_id ORDER BY f.id""".formatted(DueRows.COLUMNS);

    private final Database database;
    private final DueRows rows;
    private final FireDelivery delivery;
    private final FireHistory history;
    private final long leaseMs;

    @Inject
    public HandFires(Database database, DueRows rows, FireDelivery delivery, FireHistory history, CronConfig config) {
        this.database = database;
        this.rows = rows;
        this.delivery = delivery;
        this.history = history;
        this.leaseMs = config.lease().toMillis();
    }

    /** Fires at once, whatever runs; empty when there is no such job. When the engine is away, the fire is created later. */
    public Optional<Fire> now(String job) {
        List<Due> written = List.of();
        for (long ahead = 0; written.isEmpty() && ahead < TRIES; ahead++) {
            written = database.rows(NOW, rows::of, ahead, leaseMs, job);
            if (written.isEmpty()
                    && database.rows("SELECT 1 FROM job WHERE id = ?", row -> 1, job)
                            .isEmpty()) {
                return Optional.empty();
            }
        }
        if (written.isEmpty()) {
            throw new IllegalStateException("no free millisecond for a fire of " + job);
        }
        delivery.deliver(written);
        return history.find(written.getFirst().fire());
    }

    /**
     * Fires at these past times of the job's schedule, each once however often it is asked for.
     *
     * @param times not empty
     * @return those that had not fired yet, by time
     */
    public List<Long> backfill(Job job, List<Long> times) {
        boolean queued = job.overlap() != OverlapPolicy.ALLOW;
        String state = (queued ? Fire.State.QUEUED : Fire.State.CLAIMED).wire();
        List<Due> written = database.transaction(
                connection -> Database.rows(connection, BACKFILL, rows::of, job.id(), state, !queued, leaseMs, times));
        if (!queued && !written.isEmpty()) {
            delivery.deliver(written);
        }
        return written.stream().map(Due::scheduledMs).toList();
    }
}
