package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The engine in five numbers, for {@code /api/stats}. */
@Path("/internal/stats")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class StatsResource {
    private final Tasks tasks;

    StatsResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    public Tasks.EngineStats stats() {
        return tasks.engineStats();
    }
}
