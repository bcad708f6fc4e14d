package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.StoredArtifact;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.api.Failure;
import io.taskhub.task.artifact.ArtifactPath;
import io.taskhub.task.artifact.Artifacts;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jspecify.annotations.Nullable;

/** Takes the files of runs (see {@link StoredArtifact}); their bytes are passed on as they come. */
@Path("/internal/artifacts/{task}/{claim}")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
public class ArtifactResource {
    private static final Logger LOG = Logger.getLogger(ArtifactResource.class);

    private final Artifacts artifacts;

    ArtifactResource(Artifacts artifacts) {
        this.artifacts = artifacts;
    }

    @PUT
    @ResponseStatus(201)
    public StoredArtifact store(
            @PathParam("task") UUID task,
            @PathParam("claim") int claim,
            @QueryParam("path") @DefaultValue("") String path,
            @QueryParam("label") @Nullable String label,
            @QueryParam("mime") @DefaultValue(MediaType.APPLICATION_OCTET_STREAM) String mime,
            @Nullable InputStream content) {
        try (InputStream body = content == null ? InputStream.nullInputStream() : content) {
            String title = label == null ? ArtifactPath.name(path) : label;
            return artifacts.store(new TaskId(task), claim, path, title, mime, body);
        } catch (IOException e) {
            LOG.warnf("file of task %s not stored: %s", task, e);
            throw new Failure.Thrown(Failure.Kind.UNAVAILABLE, "file could not be stored");
        }
    }
}
