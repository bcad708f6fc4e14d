package io.taskhub.task.api.eventjob;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.LeaseHolder;
import io.taskhub.task.artifact.Artifacts;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An importer of sessions, and the worker that serves it. */
@Singleton
class EventJobClient {
    static final String EVENT_JOB = "/api/event-job";

    private final Calls calls;
    private final LeaseHolder worker;
    private final Artifacts artifacts;

    EventJobClient(Calls calls, LeaseHolder worker, Artifacts artifacts) {
        this.calls = calls;
        this.worker = worker;
        this.artifacts = artifacts;
    }

    static String body(String session) {
        return JsonBody.write(Map.of(
                "event",
                "Event Name",
                "session",
                session,
                "track",
                "Track",
                "url",
                "https://example.com/" + session.replace(' ', '-')));
    }

    ValidatableResponse post(String path, String body) {
        return calls.operator().body(body).post(EVENT_JOB + path).then();
    }

    ValidatableResponse get(String path) {
        return calls.viewer().get(EVENT_JOB + path).then();
    }

    /** A job's id. */
    String job(String session) {
        return post("/jobs", body(session)).statusCode(201).extract().path("data.job_id");
    }

    String otherDialectsTask() {
        String id = calls.operator()
                .body("{\"type\":\"noop\",\"payload\":{},\"queue\":\"" + UUID.randomUUID() + "\"}")
                .post("/api/v1/tasks")
                .then()
                .statusCode(201)
                .extract()
                .path("task_id");
        return "job-" + id;
    }

    /** A batch's id. */
    String batch(String... sessions) {
        String jobs = Stream.of(sessions).map(EventJobClient::body).collect(Collectors.joining(","));
        return post("/batches", "{\"batch_name\":\"My Batch\",\"jobs\":[" + jobs + "]}")
                .statusCode(201)
                .extract()
                .path("data.batch_id");
    }

    List<String> jobsOf(String batch) {
        return get("/batches/" + batch).statusCode(200).extract().path("data.jobs.job_id");
    }

    Lease claim(String job) {
        return worker.claim(TaskId.parse(job).orElseThrow());
    }

    Lease claimAgain(String job) {
        return worker.claimAgain(TaskId.parse(job).orElseThrow());
    }

    boolean canClaim(String job) {
        return worker.canClaim(TaskId.parse(job).orElseThrow());
    }

    void giveBack(String job) {
        worker.giveBack(claim(job));
    }

    /** A failure with another attempt to come. */
    void failTemporarily(Lease lease) {
        worker.end(lease, Report.Outcome.FAILED, 1, "", "", "later");
    }

    void progress(Lease lease, DocumentJob.Step step) {
        worker.progress(lease, step.percent(), step.percent(), step.word(), "");
    }

    void fail(String job, String message) {
        worker.refuse(claim(job), message);
    }

    /** Runs the job: every file's text is its own path. */
    void complete(String job, String document, String... assets) {
        Lease lease = claim(job);
        store(lease, document, "text/markdown; charset=utf-8");
        Stream.of(assets).forEach(asset -> store(lease, asset, "image/png"));
        complete(lease, document, assets);
    }

    void complete(Lease lease, String document, String... assets) {
        var result = new DocumentJob.Result(
                document, List.of(assets), "A title", false, "https://example.com/end", "no translator");
        worker.complete(lease, JsonBody.write(result));
    }

    void store(Lease lease, String path, String mime) {
        store(lease, path, mime, path.getBytes(StandardCharsets.UTF_8));
    }

    void store(Lease lease, String path, String mime, byte[] content) {
        try {
            artifacts.store(lease.task(), lease.claim(), path, path, mime, new ByteArrayInputStream(content));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void lateSuccess(Lease lease) {
        worker.end(lease, Report.Outcome.SUCCEEDED, 0, "", "", "");
    }
}
