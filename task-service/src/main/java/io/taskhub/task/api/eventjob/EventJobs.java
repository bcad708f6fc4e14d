package io.taskhub.task.api.eventjob;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jobs: create, read, restart ({@code event-job.md}). */
@Path("/api/{door: event-job|jobs}")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EventJobs {
    private final Jobs jobs;
    private final Tasks tasks;

    EventJobs(Jobs jobs, Tasks tasks) {
        this.jobs = jobs;
        this.tasks = tasks;
    }

    /** Answer of a restart. */
    public record Restarted(String job_id, String status, String message) {}

    @POST
    @Path("jobs")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext caller) {
        var request = JobRequest.parse(new Fields(JsonBody.object(body, contentType, JsonBody.LIMIT_BYTES)));
        StoredJob made = jobs.create(
                        List.of(request.task(null, caller.getUserPrincipal().getName())))
                .getFirst();
        return Response.status(Response.Status.CREATED)
                .entity(Answer.job(JobView.asCreated(made)))
                .build();
    }

    @GET
    @Path("jobs/{id}")
    @RolesAllowed(Roles.VIEWER)
    public Answer.OfJob get(@PathParam("id") String id) {
        return Answer.job(JobView.of(jobs.job(id)));
    }

    @POST
    @Path("{id}/restart")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Answer.OfJob restart(@PathParam("id") String id) {
        StoredJob job = jobs.job(id);
        try {
            tasks.restart(job.task().id().toString());
        } catch (TaskException.NotFinished e) {
            throw new Failure.Thrown(Failure.Kind.CONFLICT, "only a failed job can be restarted: " + job.id());
        }
        return Answer.job(new Restarted(job.id(), JobStatus.PENDING.word(), "Job restarted"));
    }
}
