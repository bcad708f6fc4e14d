package io.taskhub.dag.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import io.taskhub.dag.DagReader;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.RunException;
import io.taskhub.dag.Runs;
import io.taskhub.dag.api.Envelope;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.api.RunAnswers;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts runs, and ends or repeats them. */
@Path("/api/dag")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class DagRuns {
    private static final String SOURCE = "manual";

    private final Runs runs;
    private final RunAnswers answers;

    DagRuns(Runs runs, RunAnswers answers) {
        this.runs = runs;
        this.answers = answers;
    }

    /** Answers when the run has ended. Until then there is no thread and no connection for it. */
    @POST
    @Path("run")
    public void run(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext caller,
            @Suspended AsyncResponse answer,
            RoutingContext request) {
        Map<String, Object> fields = JsonBody.fields(body, contentType, JsonBody.BATCH_LIMIT_BYTES);
        try {
            String run = start(DagReader.read(fields), caller);
            answers.atTheEnd(run, runs.whenEnded(run), answer, request);
        } catch (DagException e) {
            answer.resume(RunAnswers.refused(String.valueOf(e.getMessage())));
        }
    }

    @POST
    @Path("run_async")
    public Response runAsync(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext caller) {
        Map<String, Object> fields = JsonBody.fields(body, contentType, JsonBody.BATCH_LIMIT_BYTES);
        if (!(fields.get("tasks") instanceof List)) {
            return NotAnArray.REPLY.response();
        }
        try {
            return answers.started(start(DagReader.read(fields), caller));
        } catch (DagException e) {
            return RunAnswers.refusedAsync(String.valueOf(e.getMessage()));
        }
    }

    /** Additive. */
    @POST
    @Path("runs/{run_id}/cancel")
    public Envelope cancel(
            @PathParam("run_id") String run,
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Context SecurityContext caller) {
        String reason = CancelRequest.reason(
                body, contentType, caller.getUserPrincipal().getName());
        try {
            runs.cancel(run, reason);
            return Envelope.ok(null);
        } catch (RunException e) {
            throw DagError.of(e);
        }
    }

    /** Additive: runs again what did not succeed. */
    @POST
    @Path("runs/{run_id}/retry")
    public Response retry(@PathParam("run_id") String run) {
        try {
            return answers.retried(run, runs.retry(run));
        } catch (RunException e) {
            throw DagError.of(e);
        }
    }

    private String start(Dag dag, SecurityContext caller) {
        return runs.start(new NewRun(
                null, dag, dag.name(), SOURCE, caller.getUserPrincipal().getName(), null, null));
    }

    /** Decisions §3: the contract's {@code error} with the envelope's fields beside it. */
    private record NotAnArray(
            String error,
            int code,
            String message,
            @Nullable Object data) {
        static final NotAnArray REPLY = new NotAnArray("tasks must be array", 400, "tasks must be array", null);

        Response response() {
            return Response.status(code).entity(JsonBody.write(this)).build();
        }
    }
}
