package io.taskhub.task.api.v1;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Queue numbers ({@code tasks-v1.md} Queues); additive {@code POST /api/v1/queues/<queue>:pause} and {@code :resume}. */
@Path("/api/v1/queues")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class V1Queues {
    private final Tasks tasks;

    V1Queues(Tasks tasks) {
        this.tasks = tasks;
    }

    /** What pause and resume answer. */
    public record Switched(String queue, boolean paused) {}

    @GET
    @Path("stats")
    @RolesAllowed(Roles.VIEWER)
    public List<V1Queue> stats(@QueryParam("queue") @Nullable String queue) {
        String wanted = queue == null || queue.isEmpty() ? null : Queues.name(queue);
        return V1Errors.orElse("STATS_FAILED", () -> tasks.queueStats(wanted)).stream()
                .map(V1Queue::from)
                .toList();
    }

    @POST
    @Path("{queue: [^/:]+}:{verb: pause|resume}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Switched pause(@PathParam("queue") String queue, @PathParam("verb") String verb) {
        boolean paused = verb.equals("pause");
        tasks.pauseQueue(Queues.name(queue), paused);
        return new Switched(queue, paused);
    }
}
