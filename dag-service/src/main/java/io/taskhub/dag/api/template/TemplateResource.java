package io.taskhub.dag.api.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.template.Template;
import io.taskhub.dag.template.TemplateService;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import org.jspecify.annotations.Nullable;

/** Create, read, change, delete and render (taskhub.md, Templates). */
@Path("/template")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TemplateResource {
    private final TemplateService templates;

    TemplateResource(TemplateService templates) {
        this.templates = templates;
    }

    /** The answer to a change. */
    record Stored(boolean ok, String template_id) {}

    /** The answer to a deletion. */
    record Done(boolean ok) {}

    /** The answer to a question. */
    record Found(boolean ok, Object data) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public String create(byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        Template.Draft draft = TemplateBody.of(body, contentType).draft();
        templates.create(draft);
        return JsonBody.write(new Stored(true, draft.id()));
    }

    @POST
    @Path("update/{id}")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public String update(
            @PathParam("id") String id,
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        templates.update(TemplateBody.of(body, contentType).draftOf(id));
        return JsonBody.write(new Stored(true, id));
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public String get(@PathParam("id") String id) {
        return JsonBody.write(new Found(true, TemplateView.of(templates.find(id))));
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    public String delete(@PathParam("id") String id) {
        templates.delete(id);
        return JsonBody.write(new Done(true));
    }

    @POST
    @Path("render")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.VIEWER)
    public String render(byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        TemplateBody request = TemplateBody.of(body, contentType);
        String id = request.id();
        ObjectNode params = request.params();
        var preview = templates.preview(templates.find(id), params);
        return JsonBody.write(new Found(true, RenderResult.of(preview.rendered())));
    }
}
