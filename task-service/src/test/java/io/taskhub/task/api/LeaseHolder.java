package io.taskhub.task.api;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.awaitility.Awaitility;

/** Runs tasks the way worker-service does, over the lease API, so that tests can bring them into every state. */
@Singleton
public class LeaseHolder {
    private static final UUID SESSION = UUID.randomUUID();
    private static final List<String> TYPES = List.of("noop", "demo", "shell", "document", "browser");

    private final Calls calls;
    private final Map<TaskId, Lease> held = new ConcurrentHashMap<>();

    LeaseHolder(Calls calls) {
        this.calls = calls;
    }

    /** Claims until it has this one. */
    public Lease claim(TaskId task) {
        Awaitility.await().until(() -> {
            if (!held.containsKey(task)) {
                claimSome();
            }
            return held.containsKey(task);
        });
        return Objects.requireNonNull(held.get(task));
    }

    /** As {@link #claim}, of a task that was claimed and given up before. */
    public Lease claimAgain(TaskId task) {
        held.remove(task);
        return claim(task);
    }

    public void progress(Lease lease, int n, int percentage, String stage, String message) {
        report(new Report.Progress(lease.task(), lease.claim(), n, percentage, stage, message, null));
    }

    /** As agents and editors report: the event's own JSON goes with it. */
    public void progress(Lease lease, int n, String stage, String data) {
        report(new Report.Progress(lease.task(), lease.claim(), n, 0, stage, "", data));
    }

    public void succeed(Lease lease, String stdout) {
        end(lease, Report.Outcome.SUCCEEDED, 0, stdout, "", "");
    }

    public void end(Lease lease, Report.Outcome outcome, int exitCode, String stdout, String stderr, String message) {
        report(new Report.Result(
                lease.task(), lease.claim(), outcome, true, exitCode, stdout, stderr, false, message, null, 5, 0));
    }

    /** Completed, with what it has to say as JSON. */
    public void complete(Lease lease, String data) {
        report(new Report.Result(
                lease.task(), lease.claim(), Report.Outcome.SUCCEEDED, true, 0, "", "", false, "", data, 5, 0));
    }

    /** One poll: whether the task came with it. */
    public boolean canClaim(TaskId task) {
        held.remove(task);
        claimSome();
        return held.containsKey(task);
    }

    public void giveBack(Lease lease) {
        held.remove(lease.task());
        end(lease, Report.Outcome.HANDED_BACK, 0, "", "", "");
    }

    /** Failed for good. */
    public void refuse(Lease lease, String message) {
        report(new Report.Result(
                lease.task(), lease.claim(), Report.Outcome.FAILED, false, 1, "", "", false, message, null, 5, 0));
    }

    private void claimSome() {
        var request = new Lease.ClaimRequest(
                SESSION, "test", UUID.randomUUID(), false, 100, List.of(), TYPES, List.of(), 500);
        calls.service()
                .body(request)
                .post("/internal/leases/claim")
                .then()
                .statusCode(200)
                .extract()
                .as(Lease.Batch.class)
                .leases()
                .forEach(lease -> held.put(lease.task(), lease));
    }

    private void report(Report report) {
        calls.service()
                .body(JsonBody.write(new Lease.ReportBatch(SESSION, List.of(report))))
                .post("/internal/leases/report")
                .then()
                .statusCode(200);
    }
}
