package io.taskhub.task.api.eventjob;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.jobs.JobBatch;
import io.taskhub.task.jobs.JobBatches;
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
import org.jspecify.annotations.Nullable;

/** Batches: create, read, switch on and off, fail ({@code event-job.md}). */
@Path("/api/{door: event-job|jobs}/batches")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class EventBatches {
    private static final int LONGEST_ID = 100;
    private static final int LONGEST_REASON = 2_000;

    private final Jobs jobs;
    private final Tasks tasks;
    private final JobBatches batches;

    EventBatches(Jobs jobs, Tasks tasks, JobBatches batches) {
        this.jobs = jobs;
        this.tasks = tasks;
        this.batches = batches;
    }

    /** Answer of toggle-active. */
    public record Toggled(String batch_id, boolean active, String message) {}

    /** Answer of fail-all; {@code failed_count}: those that had not ended before. */
    public record Failed(String batch_id, int failed_count, String message) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext caller) {
        var request = BatchRequest.parse(new Fields(JsonBody.object(body, contentType, JsonBody.BATCH_LIMIT_BYTES)));
        String name = caller.getUserPrincipal().getName();
        JobBatch batch = batches.create(request.name(), request.jobs().size(), name);
        var made = jobs.create(request.tasks(batch.id(), name));
        return Response.status(Response.Status.CREATED)
                .entity(Answer.batch(BatchView.asCreated(batch, made)))
                .build();
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public Answer.OfBatch get(@PathParam("id") String id) {
        Jobs.Batch found = jobs.batch(id);
        return Answer.batch(BatchView.of(found.batch(), found.jobs()));
    }

    @POST
    @Path("{id}/toggle-active")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Answer.OfBatch toggle(@PathParam("id") String id) {
        JobBatch batch = batches.toggle(jobs.batch(id).batch().id()).orElseThrow(() -> Jobs.noBatch(id));
        return Answer.batch(new Toggled(JobBatch.spelling(batch.id()), batch.active(), "Batch status toggled"));
    }

    @POST
    @Path("fail-all")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Answer.OfBatch failAll(
            byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        var fields = new Fields(JsonBody.object(body, contentType, JsonBody.LIMIT_BYTES));
        Jobs.Batch found = jobs.batch(fields.required("batch_id", LONGEST_ID));
        int failed = tasks.failAll(found.ids(), fields.text("reason", LONGEST_REASON, "failed by an operator"));
        return Answer.batch(new Failed(JobBatch.spelling(found.batch().id()), failed, "All jobs failed"));
    }
}
