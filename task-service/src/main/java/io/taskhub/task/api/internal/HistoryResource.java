package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** A task's events, for streams that join them with the live feed. */
@Path("/internal/tasks/{id}/history")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class HistoryResource {
    private static final int LIMIT = 1000;

    private final Tasks tasks;

    HistoryResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    public TaskHistory history(
            @PathParam("id") String id,
            @QueryParam("after_seq") @DefaultValue("0") int afterSeq,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        return tasks.history(id, afterSeq, Math.clamp(limit, 1, LIMIT)).orElseThrow(NotFoundException::new);
    }
}
