package io.taskhub.task.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Cursor;
import io.taskhub.task.api.IdempotencyKey;
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
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Create, list, read and cancel ({@code taskhub.md} Tasks). */
@Path("/api/tasks")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskHubTasks {
    private static final String PATH = "/api/tasks";

    private final Tasks tasks;

    TaskHubTasks(Tasks tasks) {
        this.tasks = tasks;
    }

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
        List<NewTask> task = List.of(CreateTask.parse(request, name));
        Once.Answer answer = key == null
                ? created(tasks.submit(task))
                : tasks.submitOnce(IdempotencyKey.once(name, PATH, key, request, TaskHubTasks::created), task);
        return Response.status(answer.status()).entity(answer.body()).build();
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Envelope list(@Context UriInfo uri) {
        ListQuery query = ListQuery.parse(uri.getQueryParameters()::getFirst);
        List<Task> found = tasks.list(query.filter());
        if (!query.taskCenter()) {
            return Envelope.ok(found.reversed().stream()
                    .map(task -> ListedTask.from(task, false))
                    .toList());
        }
        Cursor.Page page = Cursor.page(found, query.pageSize());
        return Envelope.page(
                page.tasks().stream().map(task -> ListedTask.from(task, true)).toList(), page.next());
    }

    @GET
    @Path("{id}")
    @RolesAllowed(Roles.VIEWER)
    public Envelope get(@PathParam("id") String id) {
        return tasks.find(id)
                .map(task -> Envelope.ok(TaskHubTask.from(task)))
                .orElseThrow(() -> new TaskHubError(404, 404, "Task not found"));
    }

    @POST
    @Path("{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Envelope cancel(@PathParam("id") String id, @Context SecurityContext caller) {
        try {
            tasks.cancel(id, "canceled by " + caller.getUserPrincipal().getName());
            return Envelope.ok(null);
        } catch (TaskException.NotFound e) {
            throw new TaskHubError(404, TaskHubError.TASK_NOT_FOUND, "task not found");
        } catch (TaskException.Finished e) {
            throw new TaskHubError(409, TaskHubError.ALREADY_FINISHED, "task already finished");
        }
    }

    private static Once.Answer created(List<Submission> outcomes) {
        return switch (outcomes.getFirst()) {
            case Submission.Accepted accepted ->
                new Once.Answer(200, "{\"code\":0,\"message\":\"ok\",\"data\":{\"id\":" + accepted.number() + "}}");
            case Submission.AlreadyExists exists -> refused(409, 409, "task exists: " + exists.holder());
            case Submission.Refused refused -> refused(400, TaskHubError.INVALID_JSON, refused.reason());
        };
    }

    private static Once.Answer refused(int status, int code, String message) {
        return new Once.Answer(status, JsonBody.write(Envelope.error(code, message)));
    }
}
