package io.taskhub.task.api.eventjob;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.api.Failure;
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
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** Archives of jobs and batches ({@code event-job.md}), written while they are sent. */
@Path("/api/{door: event-job|jobs}")
@RunOnVirtualThread
public class EventArchives {
    private static final Logger LOG = Logger.getLogger(EventArchives.class);
    private static final int CLOSED_WITHIN_S = 5;
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
        JobArchive archive = JobArchive.of(
                found.batch().name(), found.batch().created(), found.jobs(), artifacts.ofAll(found.ids()));
        return send(PathName.of(found.batch().name(), "batch") + ".zip", archive, http);
    }

    private Response send(String filename, JobArchive archive, HttpServerRequest http) {
        Response.ResponseBuilder reply = Response.ok()
                .type(ZIP)
                .header(HttpHeaders.CONTENT_DISPOSITION, Attachment.named(filename))
                .header("X-Content-Type-Options", "nosniff");
        if (!http.method().equals(HttpMethod.HEAD)) {
            reply.entity((StreamingOutput) out -> write(archive, out, http));
        }
        return reply.build();
    }

    /**
     * Whatever fails before the first byte is sent is an error like any other. Later the connection has to go, and before the framework
     * ends the response: one that merely ended would look like a whole file.
     */
    private void write(JobArchive archive, OutputStream out, HttpServerRequest http) throws IOException {
        try {
            archive.write(out, artifacts);
        } catch (IOException | RuntimeException e) {
            if (!http.response().headWritten()) {
                throw e;
            }
            LOG.warnf("archive broke off: %s", e);
            http.connection()
                    .close()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .completeOnTimeout(null, CLOSED_WITHIN_S, TimeUnit.SECONDS)
                    .join();
        }
    }
}
