package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.Tasks;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** The engine's hand-crank: a clock that is moved, workers that do what a test says. */
@ApplicationScoped
class EngineFixture {
    private final Tasks tasks;
    private final ClaimDesk desk;
    private final Leases leases;
    private final Database database;

    EngineFixture(Tasks tasks, ClaimDesk desk, Leases leases, Database database) {
        this.tasks = tasks;
        this.desk = desk;
        this.leases = leases;
        this.database = database;
    }

    Submission.Accepted submit(NewTask task) {
        return (Submission.Accepted) tasks.submit(List.of(task)).getFirst();
    }

    /** Time passes: for the engine, not for the test. */
    void passes(Duration time) {
        sql("UPDATE clock_offset SET ms = ms + " + time.toMillis());
    }

    void sql(String statement) {
        database.read(connection -> {
            try (Binder update = Binder.prepare(connection, statement)) {
                return update.statement().executeUpdate();
            }
        });
    }

    long count(String query) {
        return database.read(connection -> {
            try (Binder count = Binder.prepare(connection, query);
                    ResultSet row = count.statement().executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /** A worker process that serves one queue. */
    Worker worker(String queue) {
        return new Worker(queue, UUID.randomUUID());
    }

    final class Worker {
        final UUID session;
        private final String queue;

        private Worker(String queue, UUID session) {
            this.queue = queue;
            this.session = session;
        }

        Lease.ClaimRequest request(int max, long waitMs, String... labels) {
            return new Lease.ClaimRequest(
                    session,
                    "worker",
                    UUID.randomUUID(),
                    false,
                    max,
                    List.of(queue),
                    List.of("noop", "demo"),
                    List.of(labels),
                    waitMs);
        }

        List<Lease> claims(int max) {
            return desk.claim(request(max, 0), gone -> {}).leases();
        }

        Lease claimsOne() {
            List<Lease> leases = claims(1);
            if (leases.isEmpty()) {
                throw new AssertionError("nothing to claim in " + queue);
            }
            return leases.getFirst();
        }

        Lease.ReportReply reports(Report... reports) {
            return leases.report(new Lease.ReportBatch(session, List.of(reports)));
        }

        Lease.HeartbeatReply beats(Lease.Claim... running) {
            return leases.heartbeat(new Lease.Heartbeat(session, "worker", List.of(running)));
        }

        /** What a poll without room for work is told to stop. */
        List<Lease.Claim> cancels() {
            return desk.claim(request(0, 0), gone -> {}).cancels();
        }

        void leaves() {
            leases.leave(session);
        }
    }

    static Lease.Claim claim(Lease lease) {
        return new Lease.Claim(lease.task(), lease.claim());
    }

    static Report success(Lease lease) {
        return result(lease, Report.Outcome.SUCCEEDED, 0, "");
    }

    static Report failure(Lease lease, String message) {
        return result(lease, Report.Outcome.FAILED, 1, message);
    }

    static Report result(Lease lease, Report.Outcome outcome, int exitCode, String message) {
        return new Report.Result(
                lease.task(), lease.claim(), outcome, true, exitCode, "", "", false, message, null, 5, 0);
    }

    static Report progress(Lease lease, int n, int percentage) {
        return new Report.Progress(lease.task(), lease.claim(), n, percentage, "processing", "step " + n, null);
    }
}
