package io.taskhub.cron.fires;

import io.taskhub.cron.CronConfig;
import io.taskhub.cron.Fire;
import io.taskhub.cron.Overlap;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.engine.Engine;
import io.taskhub.cron.engine.PeerException;
import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Lets the fires of jobs that may not overlap pass one at a time, whichever replicas hold them. */
@Singleton
public class OverlapGate {
    private static final int ASKED = 1_000;
    private static final long SOON_MS = 1_000;

    private static final String RUNNING = """
            SELECT id, job_id, started_kind, started_id FROM fire
            WHERE job_id = ANY(?::text[]) AND state IN ('queued', 'admitted', 'created') AND ended_ms IS NULL
                AND started_id IS NOT NULL AND id > ?
            ORDER BY id LIMIT ?""";

    private static final String ENDED = "UPDATE fire SET ended_ms = (SELECT clock()) WHERE id = ANY(?::bigint[])";

    private static final String LOCK = "SELECT id, overlap FROM job WHERE id = ANY(?::text[]) ORDER BY id FOR UPDATE";

    private static final String OPEN = """
            SELECT id, job_id, state = 'queued' AS queued FROM fire
            WHERE job_id = ANY(?::text[]) AND state IN ('queued', 'admitted', 'created') AND ended_ms IS NULL""";

    private static final String DECIDED = """
            WITH decided AS (
                UPDATE fire f SET state = d.state, deliver_ms = (SELECT clock()) + nullif(d.wait_ms, 0),
                    reason = CASE d.reason WHEN '' THEN f.reason ELSE d.reason END
                FROM unnest(?::bigint[], ?::text[], ?::bigint[], ?::text[]) AS d (fire, state, wait_ms, reason)
                WHERE f.id = d.fire AND f.state IN ('claimed', 'queued')
                RETURNING f.*)
            SELECT %s FROM decided f JOIN job j ON j.id = f.job_id ORDER BY f.id""".formatted(DueRows.COLUMNS);

    private static final String QUEUED = "SELECT job_id, count(*) AS fires FROM fire WHERE state = 'queued' GROUP BY 1";

    private record Running(long fire, String job, Fire.Kind kind, String id) {}

    private record Open(long fire, String job, boolean queued) {}

    private final Database database;
    private final Engine engine;
    private final DueRows rows;
    private final long leaseMs;
    private final int longestQueue;

    @Inject
    public OverlapGate(Database database, Engine engine, DueRows rows, CronConfig config) {
        this.database = database;
        this.engine = engine;
        this.rows = rows;
        this.leaseMs = config.lease().toMillis();
        this.longestQueue = config.queueLength();
    }

    /** Jobs with fires in the queue, and how many. */
    Map<String, Long> queued() {
        Map<String, Long> queued = new HashMap<>();
        database.rows(QUEUED, row -> queued.put(row.getString("job_id"), row.getLong("fires")));
        return queued;
    }

    /**
     * Those of the arriving fires, and of the same jobs' queues, that start now.
     *
     * @throws PeerException when it cannot be learnt what runs: nothing has changed
     */
    List<Due> pass(Set<String> jobs, List<Due> arriving) throws PeerException {
        List<String> concerned = List.copyOf(new TreeSet<>(jobs));
        Set<String> cancelling = new TreeSet<>();
        arriving.stream()
                .filter(due -> due.overlap() == OverlapPolicy.CANCEL_PREVIOUS)
                .forEach(due -> cancelling.add(due.jobId()));
        List<Running> page;
        long after = 0;
        do {
            page = database.rows(
                    RUNNING,
                    row -> new Running(
                            row.getLong("id"),
                            row.getString("job_id"),
                            Fire.Kind.of(row.getString("started_kind")),
                            row.getString("started_id")),
                    concerned,
                    after,
                    ASKED);
            markEnded(page, cancelling);
            after = page.isEmpty() ? after : page.getLast().fire();
        } while (page.size() == ASKED);
        return database.transaction(connection -> decide(connection, concerned, arriving));
    }

    /** What is cancelled has as good as ended: an accepted cancel cannot be overtaken (decisions §1). */
    private void markEnded(List<Running> running, Set<String> cancelling) throws PeerException {
        List<Long> ended = new ArrayList<>();
        for (Fire.Kind kind : Fire.Kind.values()) {
            List<Running> ofKind =
                    running.stream().filter(fire -> fire.kind() == kind).toList();
            List<String> cancelled = ofKind.stream()
                    .filter(fire -> cancelling.contains(fire.job()))
                    .map(Running::id)
                    .toList();
            List<String> asked = ofKind.stream()
                    .filter(fire -> !cancelling.contains(fire.job()))
                    .map(Running::id)
                    .toList();
            engine.cancel(kind, cancelled, "replaced by the next fire of its cron job");
            Set<String> gone = engine.ended(kind, asked);
            ofKind.stream()
                    .filter(fire -> gone.contains(fire.id()) || cancelling.contains(fire.job()))
                    .forEach(fire -> ended.add(fire.fire()));
        }
        if (!ended.isEmpty()) {
            database.update(ENDED, ended);
        }
    }

    private List<Due> decide(Connection connection, List<String> jobs, List<Due> arriving) throws SQLException {
        Map<String, OverlapPolicy> policies = new HashMap<>();
        Database.rows(
                connection,
                LOCK,
                row -> policies.put(row.getString("id"), OverlapPolicy.of(row.getString("overlap"))),
                jobs);
        List<Open> open = Database.rows(
                connection,
                OPEN,
                row -> new Open(row.getLong("id"), row.getString("job_id"), row.getBoolean("queued")),
                jobs);
        List<Overlap.Verdict> verdicts = new ArrayList<>();
        policies.forEach((job, policy) -> {
            List<Open> ofJob =
                    open.stream().filter(fire -> fire.job().equals(job)).toList();
            List<Overlap.Waiting> waiting = new ArrayList<>();
            ofJob.stream().filter(Open::queued).forEach(fire -> waiting.add(new Overlap.Waiting(fire.fire(), true)));
            arriving.stream()
                    .filter(due -> due.jobId().equals(job))
                    .forEach(due -> waiting.add(new Overlap.Waiting(due.fire(), false)));
            waiting.sort(Comparator.comparingLong(Overlap.Waiting::fire));
            boolean busy = ofJob.stream().anyMatch(fire -> !fire.queued());
            verdicts.addAll(Overlap.decide(policy, busy, waiting, longestQueue));
        });
        return write(connection, verdicts);
    }

    private List<Due> write(Connection connection, List<Overlap.Verdict> verdicts) throws SQLException {
        if (verdicts.isEmpty()) {
            return List.of();
        }
        return Database.rows(
                        connection,
                        DECIDED,
                        rows::of,
                        verdicts.stream().map(Overlap.Verdict::fire).toList(),
                        verdicts.stream()
                                .map(verdict -> state(verdict.turn()).wire())
                                .toList(),
                        verdicts.stream().map(verdict -> waitMs(verdict.turn())).toList(),
                        verdicts.stream().map(Overlap.Verdict::reason).toList())
                .stream()
                .filter(Due::admitted)
                .toList();
    }

    private static Fire.State state(Overlap.Turn turn) {
        return switch (turn) {
            case START -> Fire.State.ADMITTED;
            case QUEUE -> Fire.State.QUEUED;
            case SKIP -> Fire.State.SKIPPED;
            case LATER -> Fire.State.CLAIMED;
        };
    }

    private long waitMs(Overlap.Turn turn) {
        return switch (turn) {
            case START -> leaseMs;
            case LATER -> SOON_MS;
            case QUEUE, SKIP -> 0;
        };
    }
}
