package io.taskhub.dag.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagException;
import io.taskhub.dag.NewRun;
import io.taskhub.dag.Runs;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.api.RunAnswers;
import io.taskhub.dag.template.RenderedDag;
import io.taskhub.dag.template.TemplateService;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import org.jspecify.annotations.Nullable;

/** Runs what a template says; the answers are those of {@code /api/dag/run} and {@code run_async}. */
@Path("/template")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class TemplateRunResource {
    private static final String SOURCE = "template";

    private final TemplateService templates;
    private final Runs runs;
    private final RunAnswers answers;

    TemplateRunResource(TemplateService templates, Runs runs, RunAnswers answers) {
        this.templates = templates;
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
        TemplateBody wanted = TemplateBody.of(body, contentType);
        RenderedDag rendered = render(wanted);
        try {
            String run = start(wanted.id(), rendered.graph(), caller);
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
        TemplateBody wanted = TemplateBody.of(body, contentType);
        RenderedDag rendered = render(wanted);
        if (!rendered.hasTaskList()) {
            return NotAnArray.REPLY.response();
        }
        try {
            return answers.started(start(wanted.id(), rendered.graph(), caller));
        } catch (DagException e) {
            return RunAnswers.refusedAsync(String.valueOf(e.getMessage()));
        }
    }

    private RenderedDag render(TemplateBody wanted) {
        String id = wanted.id();
        ObjectNode params = wanted.params();
        return templates.render(id, params);
    }

    private String start(String template, Dag dag, SecurityContext caller) {
        String by = caller.getUserPrincipal().getName();
        return runs.start(new NewRun(null, dag, dag.name(), SOURCE, by, template, null));
    }

    /** Decisions §3: what {@code run_async} says when {@code tasks} is something else. */
    private record NotAnArray(
            boolean ok,
            String error,
            int code,
            String message,
            @Nullable Object data) {
        static final NotAnArray REPLY = new NotAnArray(false, "tasks must be array", 400, "tasks must be array", null);

        Response response() {
            return Response.status(code).entity(JsonBody.write(this)).build();
        }
    }
}
