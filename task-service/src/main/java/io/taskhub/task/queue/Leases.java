package io.taskhub.task.queue;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What a worker session says of the tasks that it holds. */
@ApplicationScoped
public class Leases {
    private static final String HELD =
            "SELECT " + Row.COLUMNS + ", clock() FROM task t WHERE t.session = ? AND t.state = 2";

    private final Database database;
    private final TaskTable table;
    private final Settler settler;
    private final Sessions sessions;
    private final Waiters waiters;
    private final long unlistedAfterMs;
    private final Counter stale;

    Leases(
            TaskServiceConfig config,
            Database database,
            TaskTable table,
            Settler settler,
            Sessions sessions,
            Waiters waiters,
            MeterRegistry metrics) {
        this.database = database;
        this.table = table;
        this.settler = settler;
        this.sessions = sessions;
        this.waiters = waiters;
        this.unlistedAfterMs = config.leases().unlistedAfter().toMillis();
        this.stale = metrics.counter("taskhub.reports.stale");
    }

    /** Progress and results in their order; those of one task are applied together. */
    public Lease.ReportReply report(Lease.ReportBatch batch) {
        Map<TaskId, List<Report>> byTask = new LinkedHashMap<>();
        for (Report report : batch.reports()) {
            byTask.computeIfAbsent(report.task(), t -> new ArrayList<>(2)).add(report);
        }
        Map<TaskId, List<Lease.Refusal>> refused = new HashMap<>();
        Map<TaskId, Draft> settled = settler.settle(byTask.keySet(), (settlement, draft) -> {
            List<Lease.Refusal> refusals = new ArrayList<>();
            for (Report report : byTask.getOrDefault(draft.before.id(), List.of())) {
                if (!settlement.report(draft, batch.session(), report)) {
                    refusals.add(new Lease.Refusal(report.task(), report.claim(), "stale_claim"));
                }
            }
            refused.put(draft.before.id(), refusals);
        });
        List<Lease.Refusal> answer = new ArrayList<>();
        byTask.forEach((task, reports) -> {
            if (settled.containsKey(task)) {
                answer.addAll(refused.getOrDefault(task, List.of()));
            } else {
                reports.forEach(r -> answer.add(new Lease.Refusal(task, r.claim(), "not_found")));
            }
        });
        stale.increment(answer.size());
        return new Lease.ReportReply(answer);
    }

    /**
     * A sign of life. Tells which of the listed claims are lost and which are to be stopped, takes up again what was given up
     * and nobody took, and gives back what the session holds without knowing.
     */
    public Lease.HeartbeatReply heartbeat(Lease.Heartbeat beat) {
        Map<TaskId, Integer> listed = new HashMap<>();
        beat.running().forEach(c -> listed.put(c.task(), c.claim()));
        Seen seen = database.read(connection -> look(connection, beat, listed.keySet()));
        List<TaskId> unknown = new ArrayList<>();
        for (Row row : seen.held().values()) {
            Integer claim = listed.get(row.id());
            if ((claim == null || claim != row.claim()) && row.claimedAt() + unlistedAfterMs < seen.now()) {
                unknown.add(row.id());
            }
        }
        if (!unknown.isEmpty()) {
            settler.settle(unknown, (settlement, draft) -> {
                if (draft.state() == TaskState.ACTIVE && beat.session().equals(draft.before.session())) {
                    settlement.neverReceived(draft);
                }
            });
        }
        Map<TaskId, Row> now = new HashMap<>(seen.listed());
        readopt(beat, seen.listed().values(), listed, now);
        return reply(beat, now);
    }

    private record Seen(Map<TaskId, Row> held, Map<TaskId, Row> listed, long now) {}

    private Seen look(Connection connection, Lease.Heartbeat beat, Collection<TaskId> ids) throws SQLException {
        Sessions.seen(connection, beat.session(), beat.worker());
        try (Binder query = Binder.prepare(connection, HELD)) {
            TaskTable.Loaded held = TaskTable.read(query.id(beat.session()));
            Map<TaskId, Row> listed = new HashMap<>();
            Set<TaskId> elsewhere = new HashSet<>(ids);
            elsewhere.removeAll(held.rows().keySet());
            ids.forEach(id -> held.rows().computeIfPresent(id, (k, row) -> {
                listed.put(k, row);
                return row;
            }));
            if (!elsewhere.isEmpty()) {
                listed.putAll(table.load(connection, elsewhere).rows());
            }
            return new Seen(held.rows(), listed, held.now());
        }
    }

    private void readopt(
            Lease.Heartbeat beat, Collection<Row> rows, Map<TaskId, Integer> listed, Map<TaskId, Row> now) {
        List<TaskId> givenUp = rows.stream()
                .filter(r -> isGivenUp(r, beat.session(), listed))
                .map(Row::id)
                .toList();
        if (givenUp.isEmpty()) {
            return;
        }
        Map<TaskId, Draft> drafts = settler.settle(givenUp, (settlement, draft) -> {
            if (isGivenUp(draft.before, beat.session(), listed)) {
                settlement.readopt(draft, beat.worker());
            }
        });
        now.keySet().removeAll(givenUp);
        now.putAll(database.read(c -> table.load(c, drafts.keySet())).rows());
    }

    private static boolean isGivenUp(Row row, UUID session, Map<TaskId, Integer> listed) {
        Integer claim = listed.get(row.id());
        return row.state() == TaskState.PENDING
                && session.equals(row.session())
                && claim != null
                && claim == row.claim()
                && claim != row.settledClaim();
    }

    /** A claim that was settled is not lost: its worker is about to learn that its report was applied. */
    private static Lease.HeartbeatReply reply(Lease.Heartbeat beat, Map<TaskId, Row> rows) {
        List<Lease.Claim> lost = new ArrayList<>();
        List<Lease.Claim> cancels = new ArrayList<>();
        for (Lease.Claim claim : beat.running()) {
            Row row = rows.get(claim.task());
            if (row == null) {
                lost.add(claim);
            } else if (row.state() == TaskState.ACTIVE
                    && row.claim() == claim.claim()
                    && beat.session().equals(row.session())) {
                if (row.cancelRequested()) {
                    cancels.add(claim);
                }
            } else {
                lost.add(claim);
            }
        }
        return new Lease.HeartbeatReply(lost, cancels);
    }

    /** The session ends in order: what it still holds goes back without counting. */
    public void leave(UUID session) {
        List<TaskId> held = database.read(connection -> {
            try (Binder query = Binder.prepare(connection, HELD)) {
                return List.copyOf(TaskTable.read(query.id(session)).rows().keySet());
            }
        });
        settler.settle(held, (settlement, draft) -> {
            if (draft.state() == TaskState.ACTIVE && session.equals(draft.before.session())) {
                settlement.drained(draft);
            }
        });
        sessions.forget(session);
        waiters.dismiss(session);
    }
}
