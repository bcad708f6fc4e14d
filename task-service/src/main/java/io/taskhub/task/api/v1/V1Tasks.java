package io.taskhub.task.api.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Cursor;
import io.taskhub.task.api.IdempotencyKey;
import io.taskhub.task.api.JsonBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Create, read, list, cancel and delete ({@code tasks-v1.md} Tasks). */
@Path("/api/v1/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class V1Tasks {
    private static final String PATH = "/api/v1/tasks";
    private static final String INTERNAL = "INTERNAL_ERROR";

    private final Tasks tasks;
    private final TaskTypes types;

    V1Tasks(Tasks tasks, TaskTypes types) {
        this.tasks = tasks;
        this.types = types;
    }

    /** What cancel and delete answer. */
    public record Done(String message) {}

    /** A page of tasks. */
    public record Listing(
            List<V1Task> tasks,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String next_cursor) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context SecurityContext caller) {
        var request = JsonBody.object(body, contentType, JsonBody.LIMIT_BYTES);
        String name = caller.getUserPrincipal().getName();
        List<NewTask> task = List.of(CreateRequest.parse(request, types, name));
        Once.Answer answer = key == null
                ? V1Created.answer(tasks.submit(task))
                : tasks.submitOnce(IdempotencyKey.once(name, PATH, key, request, V1Created::answer), task);
        return Response.status(answer.status()).entity(answer.body()).build();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Listing list(@Context UriInfo uri) {
        V1ListQuery query = V1ListQuery.parse(uri.getQueryParameters()::getFirst);
        Cursor.Page page = Cursor.page(tasks.list(query.filter()), query.pageSize());
        return new Listing(page.tasks().stream().map(V1Task::listed).toList(), page.next());
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public V1Task get(@PathParam("id") String id, @QueryParam("queue") @Nullable String queue) {
        return V1Errors.orElse(INTERNAL, () -> tasks.find(id))
                .filter(task -> isIn(queue, task))
                .map(V1Task::from)
                .orElseThrow(V1Tasks::notFound);
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Done cancel(@PathParam("id") String id, @Context SecurityContext caller) {
        String reason = "cancelled by " + caller.getUserPrincipal().getName();
        try {
            V1Errors.orElse("CANCEL_FAILED", () -> tasks.cancel(id, reason));
            return new Done("task cancelled");
        } catch (TaskException e) {
            throw failed("CANCEL_FAILED", e);
        }
    }

    @DELETE
    @Path("{id}")
    @RolesAllowed(Roles.OPERATOR)
    public Done delete(@PathParam("id") String id, @QueryParam("queue") @Nullable String queue) {
        try {
            return V1Errors.orElse("DELETE_FAILED", () -> {
                if (queue != null
                        && tasks.find(id).filter(task -> !isIn(queue, task)).isPresent()) {
                    throw notFound();
                }
                tasks.delete(id);
                return new Done("task deleted");
            });
        } catch (TaskException e) {
            throw failed("DELETE_FAILED", e);
        }
    }

    private static boolean isIn(@Nullable String queue, Task task) {
        return queue == null || queue.isEmpty() || queue.equals(task.queue());
    }

    private static V1Error notFound() {
        return new V1Error(404, "TASK_NOT_FOUND", "task not found");
    }

    private static V1Error failed(String code, TaskException e) {
        String reason =
                switch (e) {
                    case TaskException.NotFound gone -> "not_found";
                    case TaskException.Finished finished -> "finished";
                    case TaskException.Running running -> "active";
                    case TaskException.NotFinished unfinished -> "not_finished";
                    case TaskException.KeyReused reused -> throw reused;
                    case TaskException.IntakeFull full -> throw full;
                };
        return new V1Error(500, code, String.valueOf(e.getMessage()), Map.of("reason", reason));
    }
}
