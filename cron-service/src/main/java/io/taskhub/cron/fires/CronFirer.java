package io.taskhub.cron.fires;

import io.taskhub.cron.CronConfig;
import io.taskhub.cron.Fire;
import io.taskhub.cron.FirePlanner;
import io.taskhub.cron.MisfirePolicy;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.jobs.JobTexts;
import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jboss.logging.Logger;

/**
 * Claims what is due: plans the fires of every due job, writes them down and moves the job's next time, all in one transaction.
 * Jobs that another replica is planning are passed over.
 */
@Singleton
public class CronFirer {
    private static final Logger LOG = Logger.getLogger(CronFirer.class);

    /** Per turn: what one turn claimed is being started while the next one claims, here or at another replica. */
    private static final int JOBS = 250;

    private static final long AFTER_A_FAULT_MS = 60_000;

    private static final String DUE = """
            SELECT id, spec, timezone, misfire, next_fire_ms, (SELECT clock()) AS now_ms
            FROM job
            WHERE next_fire_ms <= (SELECT clock())
            ORDER BY next_fire_ms
            LIMIT ?
            FOR UPDATE SKIP LOCKED""";

    private static final String ADVANCE = """
            UPDATE job j SET next_fire_ms = nullif(n.next_ms, 0)
            FROM unnest(?::text[], ?::bigint[]) AS n (id, next_ms)
            WHERE j.id = n.id""";

    private static final String WRITE = """
            WITH written AS (
                INSERT INTO fire (job_id, scheduled_ms, source, state, reason, recorded_ms, deliver_ms)
                SELECT job_id, scheduled_ms, 'schedule', state, reason, (SELECT clock()),
                       CASE state WHEN 'claimed' THEN (SELECT clock()) + ? END
                FROM unnest(?::text[], ?::bigint[], ?::text[], ?::text[]) WITH ORDINALITY
                    AS p (job_id, scheduled_ms, state, reason, position)
                ORDER BY position
                ON CONFLICT DO NOTHING
                RETURNING *)
            SELECT %s FROM written f JOIN job j ON j.id = f.job_id WHERE f.state = 'claimed' ORDER BY f.id""".formatted(DueRows.COLUMNS);

    private static final String NEXT = """
            SELECT next_fire_ms - (SELECT clock()) AS wait_ms FROM job
            WHERE next_fire_ms IS NOT NULL ORDER BY next_fire_ms LIMIT 1""";

    /**
     * What a turn claimed.
     *
     * @param more jobs may be due
     */
    public record Claimed(List<Due> fires, boolean more) {}

    private record DueJob(String id, String spec, String timezone, String misfire, long dueMs, long nowMs) {}

    private final Database database;
    private final JobTexts texts;
    private final DueRows rows;
    private final FirePlanner planner;
    private final long leaseMs;

    @Inject
    public CronFirer(Database database, JobTexts texts, DueRows rows, CronConfig config) {
        this.database = database;
        this.texts = texts;
        this.rows = rows;
        this.planner = new FirePlanner(new FirePlanner.Limits(config.grace().toMillis(), config.madeUp()));
        this.leaseMs = config.lease().toMillis();
    }

    /** Claims the fires of some due jobs; the caller starts them within the lease. */
    public Claimed runOnce() {
        return database.transaction(connection -> {
            List<DueJob> due = Database.rows(connection, DUE, CronFirer::job, JOBS);
            return due.isEmpty()
                    ? new Claimed(List.of(), false)
                    : new Claimed(write(connection, due), due.size() == JOBS);
        });
    }

    /** Until the next fire of any job, 0 or less when it is due. */
    public OptionalLong nextInMs() {
        return database.rows(NEXT, row -> row.getLong("wait_ms")).stream()
                .mapToLong(wait -> wait)
                .findFirst();
    }

    private List<Due> write(Connection connection, List<DueJob> due) throws SQLException {
        List<String> jobs = new ArrayList<>();
        List<Long> nexts = new ArrayList<>();
        List<String> owners = new ArrayList<>();
        List<Long> times = new ArrayList<>();
        List<String> states = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        for (DueJob job : due) {
            FirePlanner.Plan plan = plan(job);
            jobs.add(job.id());
            nexts.add(plan.next().orElse(0));
            for (FirePlanner.Planned fire : plan.fires()) {
                owners.add(job.id());
                times.add(fire.scheduledMs());
                states.add((fire.made() ? Fire.State.CLAIMED : Fire.State.SKIPPED).wire());
                reasons.add(fire.note());
            }
        }
        Database.update(connection, ADVANCE, jobs, nexts);
        return owners.isEmpty()
                ? List.of()
                : Database.rows(connection, WRITE, rows::of, leaseMs, owners, times, states, reasons);
    }

    /** One job that cannot be planned must not keep the others from firing. */
    private FirePlanner.Plan plan(DueJob job) {
        try {
            return planner.plan(
                    texts.schedule(job.spec(), job.timezone()),
                    MisfirePolicy.of(job.misfire()),
                    job.dueMs(),
                    job.nowMs());
        } catch (RuntimeException e) {
            LOG.errorf(e, "job %s cannot be planned; tried again in a minute", job.id());
            return new FirePlanner.Plan(List.of(), OptionalLong.of(job.nowMs() + AFTER_A_FAULT_MS));
        }
    }

    private static DueJob job(ResultSet row) throws SQLException {
        return new DueJob(
                row.getString("id"),
                row.getString("spec"),
                row.getString("timezone"),
                row.getString("misfire"),
                row.getLong("next_fire_ms"),
                row.getLong("now_ms"));
    }
}
