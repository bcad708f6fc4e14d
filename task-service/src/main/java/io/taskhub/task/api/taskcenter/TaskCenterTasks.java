package io.taskhub.task.api.taskcenter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code GET /api/tasks/tsk_…}: the spelling of the id chooses the dialect (decisions §1). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskCenterTasks {
    private final Tasks tasks;

    TaskCenterTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    @Path("{id: tsk_[^/]+}")
    @RolesAllowed(Roles.VIEWER)
    public TaskCenterTask get(@PathParam("id") String id) {
        return tasks.find(id).map(TaskCenterTask::from).orElseThrow(() -> new TaskException.NotFound(id));
    }
}
