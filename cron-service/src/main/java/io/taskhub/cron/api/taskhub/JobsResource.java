package io.taskhub.cron.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.cron.Job;
import io.taskhub.cron.Target;
import io.taskhub.cron.api.Body;
import io.taskhub.cron.api.ErrorBody;
import io.taskhub.cron.api.RequestRefusedException;
import io.taskhub.cron.jobs.Jobs;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The jobs (taskhub.md, Cron; decisions §3). */
@Path("/api/cron/jobs")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/*+json", MediaType.APPLICATION_FORM_URLENCODED})
@RunOnVirtualThread
public class JobsResource {
    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final byte[] NOTHING = "{}".getBytes(StandardCharsets.UTF_8);

    /** The list's answer. */
    public record Listing(boolean ok, List<JobView> jobs) {}

    /** A job was created or replaced. */
    public record Done(boolean ok, String job_id) {}

    /** One job. */
    public record One(boolean ok, JobView job) {}

    /** Nothing more to say. */
    public record Ok(boolean ok) {}

    private final Jobs jobs;

    @Inject
    public JobsResource(Jobs jobs) {
        this.jobs = jobs;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Listing list() {
        return new Listing(true, jobs.all().stream().map(JobView::listed).toList());
    }

    @POST
    @RolesAllowed(Roles.OPERATOR)
    public Done create(byte[] json, @Context SecurityContext caller) {
        Job job = jobs.create(draft(json), caller.getUserPrincipal().getName());
        return new Done(true, job.id());
    }

    @DELETE
    @RolesAllowed(Roles.OPERATOR)
    public Response deleteNothing() {
        return ErrorBody.of(BAD, "missing job id");
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public Response get(@PathParam("id") String id) {
        return one(jobs.find(id));
    }

    @PUT
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    public Response replace(@PathParam("id") String id, byte[] json, @Context SecurityContext caller) {
        return jobs.replace(id, draft(json), caller.getUserPrincipal().getName())
                .map(job -> Response.ok(new Done(true, job.id())).build())
                .orElseGet(JobsResource::unknown);
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    public Response delete(@PathParam("id") String id) {
        if (id.isBlank()) {
            return deleteNothing();
        }
        return jobs.delete(id) ? Response.ok(new Ok(true)).build() : unknown();
    }

    /** Additive. The body, {@code {"reason"}}, may be left out. */
    @POST
    @Path("{id}/pause")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response pause(@PathParam("id") String id, byte @Nullable [] json) {
        Body body = Body.of(json == null || json.length == 0 ? NOTHING : json);
        return one(jobs.pause(id, body.text("reason")));
    }

    /** Additive. */
    @POST
    @Path("{id}/resume")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response resume(@PathParam("id") String id) {
        return one(jobs.resume(id));
    }

    /** Only what becomes a run may be larger than a request is otherwise. */
    private static Job.Draft draft(byte[] json) {
        Job.Draft draft = JobBody.parse(Body.of(json, Body.LARGEST_WITH_DAG));
        if (json.length > Body.LARGEST && draft.target() instanceof Target.SingleTask) {
            throw new RequestRefusedException(TOO_LARGE, "body too large");
        }
        return draft;
    }

    static Response unknown() {
        return ErrorBody.of(NOT_FOUND, "job not found");
    }

    private static Response one(Optional<Job> job) {
        return job.map(found -> Response.ok(new One(true, JobView.whole(found))).build())
                .orElseGet(JobsResource::unknown);
    }
}
