package io.taskhub.task.api.taskcenter;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** {@code GET /api/tasks/tsk_…}: the spelling of the id chooses the dialect (decisions §1). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskCenterTasks {
    private static final int PAGE = 1_000;

    private final Tasks tasks;

    TaskCenterTasks(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    @Path("{id: tsk_[^/]+}")
    @RolesAllowed(Roles.VIEWER)
    public TaskCenterTask get(@PathParam("id") String id) {
        Task task = tasks.find(id).orElseThrow(() -> new TaskException.NotFound(id));
        return AgentJson.task(task)
                .map(agent -> TaskCenterTask.from(task, agent, run(id)))
                .orElseGet(() -> TaskCenterTask.from(task));
    }

    private AgentRun run(String id) {
        AgentRun run = new AgentRun();
        int after = 0;
        for (Optional<TaskHistory> page = tasks.history(id, after, PAGE); page.isPresent(); ) {
            page.get().events().forEach(run::take);
            if (!page.get().more()) {
                break;
            }
            after = page.get().events().getLast().subject().seq();
            page = tasks.history(id, after, PAGE);
        }
        return run;
    }
}
