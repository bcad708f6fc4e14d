package io.taskhub.task.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Stored log lines ({@code taskhub.md} Logs). The literal path wins over a task's id. */
@Path("/api/tasks/logs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskHubLogs {
    private final Tasks tasks;

    TaskHubLogs(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Envelope logs(@Context UriInfo uri) {
        LogRequest request = LogRequest.parse(uri.getQueryParameters()::getFirst);
        return Envelope.ok(TaskHubLogPage.from(request.query(), tasks.logs(request.query())));
    }
}
