package io.taskhub.task.api.eventjob;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.api.Disposition;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.FileReply;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.ArtifactPath;
import io.taskhub.task.artifact.Artifacts;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** {@code GET files/{path}}: the paths are those of a job's {@code results}. */
@Path("/api/{door: event-job|jobs}/files")
@RunOnVirtualThread
public class EventFiles {
    private static final String FILES = "/files/";

    private final Jobs jobs;
    private final Artifacts artifacts;
    private final FileReply reply;

    EventFiles(Jobs jobs, Artifacts artifacts, FileReply reply) {
        this.jobs = jobs;
        this.artifacts = artifacts;
        this.reply = reply;
    }

    @GET
    @Path("{path: .*}")
    @RolesAllowed(Roles.VIEWER)
    public Response file(@Context HttpServerRequest http) {
        Artifact file = FilePath.parse(below(http.path()))
                .flatMap(this::find)
                .orElseThrow(() -> new Failure.Thrown(Failure.Kind.NOT_FOUND, "file not found"));
        return reply.of(file, Disposition.attachment(ArtifactPath.name(file.path())), http);
    }

    /** Empty when the word itself came in disguise. */
    private static String below(String sent) {
        int at = sent.indexOf(FILES);
        return at < 0 ? "" : sent.substring(at + FILES.length());
    }

    private Optional<Artifact> find(FilePath wanted) {
        return jobs.find(wanted.job()).flatMap(job -> artifacts.find(job.task().id(), wanted.path()));
    }
}
