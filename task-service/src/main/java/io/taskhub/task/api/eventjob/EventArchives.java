package io.taskhub.task.api.eventjob;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.api.Disposition;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Streamed;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.Artifacts;
import io.taskhub.task.jobs.PathName;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;

/** Archives of jobs and batches ({@code event-job.md}), written while they are sent. */
@Path("/api/{door: event-job|jobs}")
@RunOnVirtualThread
public class EventArchives {
    /** What a batch's archive is described by is in memory while it is sent. */
    private static final int MOST_FILES = 50_000;

    private static final String ZIP = "application/zip";

    private final Jobs jobs;
    private final Artifacts artifacts;

    EventArchives(Jobs jobs, Artifacts artifacts) {
        this.jobs = jobs;
        this.artifacts = artifacts;
    }

    /** Of a finished job; one that failed has a README only. */
    @GET
    @Path("jobs/{id}/download-archive")
    @RolesAllowed(Roles.VIEWER)
    public Response ofJob(@PathParam("id") String id, @Context HttpServerRequest http) {
        StoredJob job = jobs.job(id);
        if (!job.status().isFinished()) {
            throw new Failure.Thrown(
                    Failure.Kind.CONFLICT, "job is " + job.status().word() + ", not finished: " + job.id());
        }
        JobArchive archive = JobArchive.of(
                job.asked().session(),
                job.task().times().created(),
                List.of(job),
                Map.of(job.task().id(), artifacts.of(job.task().id())));
        return send(job.archiveName(), archive, http);
    }

    /** Of a batch, whatever has become of its jobs so far. */
    @GET
    @Path("batches/{id}/archive")
    @RolesAllowed(Roles.VIEWER)
    public Response ofBatch(@PathParam("id") String id, @Context HttpServerRequest http) {
        Jobs.Batch found = jobs.batch(id);
        Map<TaskId, List<Artifact>> files = artifacts
                .ofAll(found.ids(), MOST_FILES)
                .orElseThrow(() -> new Failure.Thrown(
                        Failure.Kind.CONFLICT,
                        "more than " + MOST_FILES + " files; download the archives of its jobs: " + id));
        JobArchive archive = JobArchive.of(found.batch().name(), found.batch().created(), found.jobs(), files);
        return send(PathName.of(found.batch().name(), "batch") + ".zip", archive, http);
    }

    private Response send(String filename, JobArchive archive, HttpServerRequest http) {
        Response.ResponseBuilder reply = Response.ok()
                .type(ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, Disposition.attachment(filename))
                .header("X-Content-Type-Options", "nosniff");
        if (!http.method().equals(HttpMethod.HEAD)) {
            reply.entity(Streamed.to(http, "archive " + filename, out -> archive.write(out, artifacts)));
        }
        return reply.build();
    }
}
