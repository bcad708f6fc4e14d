package io.taskhub.task.api.taskcenter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Disposition;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.FileReply;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.ProblemVoice;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.Artifacts;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;

/**
 * Additive: a file that a task left, at the {@code url} of its artifact. What it is not is a problem for every spelling of the id, unlike
 * the rest of what lies below {@code /api/tasks/<number>}.
 */
@Path("/api/tasks")
@RunOnVirtualThread
public class TaskCenterFiles {
    private final Tasks tasks;
    private final Artifacts artifacts;
    private final FileReply reply;

    TaskCenterFiles(Tasks tasks, Artifacts artifacts, FileReply reply) {
        this.tasks = tasks;
        this.artifacts = artifacts;
        this.reply = reply;
    }

    @GET
    @Path("{id}/artifacts/{path: .+}")
    @RolesAllowed(Roles.VIEWER)
    public Response file(@PathParam("id") String id, @PathParam("path") String path, @Context HttpServerRequest http) {
        try {
            Artifact file = tasks.find(id)
                    .flatMap(task -> artifacts.find(task.id(), path))
                    .orElseThrow(() -> new Failure.Thrown(Failure.Kind.NOT_FOUND, "file not found: " + path));
            return reply.of(file, Disposition.inline(file), http);
        } catch (Failure.Thrown e) {
            return Response.status(e.failure().kind().status())
                    .type(ProblemVoice.MEDIA_TYPE)
                    .entity(JsonBody.write(ProblemVoice.Problem.of(e.failure())))
                    .build();
        }
    }
}
