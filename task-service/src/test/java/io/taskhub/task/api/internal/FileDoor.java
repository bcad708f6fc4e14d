package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.api.Disposition;
import io.taskhub.task.api.FileReply;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.artifact.Artifacts;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.UUID;

/** Gives files as a dialect does. */
@Path("/internal/test-files/{task}/{path:.+}")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
public class FileDoor {
    private final Artifacts artifacts;
    private final FileReply reply;

    FileDoor(Artifacts artifacts, FileReply reply) {
        this.artifacts = artifacts;
        this.reply = reply;
    }

    @GET
    public Response get(@PathParam("task") UUID task, @PathParam("path") String path, @Context HttpServerRequest http) {
        Artifact file = artifacts.find(new TaskId(task), path).orElseThrow(NotFoundException::new);
        return reply.of(file, Disposition.inline(file), http);
    }
}
