package io.taskhub.task.api.admin;

import io.restassured.specification.RequestSpecification;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.JsonBody;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An operator at the page, and the worker behind it, who speaks the lease API. */
@Singleton
class Operators {
    private static final UUID SESSION = UUID.randomUUID();

    private final Calls calls;
    private final Tasks tasks;

    Operators(Calls calls, Tasks tasks) {
        this.calls = calls;
        this.tasks = tasks;
    }

    RequestSpecification admin() {
        return calls.as("root", Roles.ADMIN, Roles.OPERATOR, Roles.VIEWER, Roles.WORKER);
    }

    TaskId submit(NewTask task) {
        return ((Submission.Accepted) tasks.submit(List.of(task)).getFirst()).id();
    }

    /** The one task of a queue. */
    Lease claim(String queue, String type) {
        List<Lease> leases = new ArrayList<>();
        Awaitility.await().until(() -> {
            leases.addAll(claimed(queue, type));
            return !leases.isEmpty();
        });
        return leases.getFirst();
    }

    private List<Lease> claimed(String queue, String type) {
        var request = new Lease.ClaimRequest(
                SESSION, "test", UUID.randomUUID(), false, 1, List.of(queue), List.of(type), List.of(), 500);
        return calls.service()
                .body(request)
                .post("/internal/leases/claim")
                .then()
                .statusCode(200)
                .extract()
                .as(Lease.Batch.class)
                .leases();
    }

    void report(List<Report> reports) {
        calls.service()
                .body(JsonBody.write(new Lease.ReportBatch(SESSION, reports)))
                .post("/internal/leases/report")
                .then()
                .statusCode(200);
    }

    static Report said(Lease lease, int n, String stage, @Nullable String data) {
        return new Report.Progress(lease.task(), lease.claim(), n, 50, stage, "step " + n, data);
    }

    static Report ended(Lease lease, Report.Outcome outcome, String message, @Nullable String data) {
        return new Report.Result(lease.task(), lease.claim(), outcome, false, 0, "", "", false, message, data, 5, 0);
    }
}
