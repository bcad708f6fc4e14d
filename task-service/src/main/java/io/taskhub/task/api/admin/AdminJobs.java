package io.taskhub.task.api.admin;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskCatalog;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.IdempotencyKey;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.admin.diagnostics.Diagnostics;
import io.taskhub.task.api.admin.diagnostics.Language;
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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Look over all tasks, look into one, retry and cancel it (decisions §7). Nothing that is posted here has a body. */
@Path("/api/admin/jobs")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.ADMIN)
public class AdminJobs {
    private static final Duration DAY = Duration.ofHours(24);
    private static final int BAD_REQUEST = 400;

    /** Of a task's newest events those that diagnostics read. */
    private static final int TOLD = 10_000;

    private final Tasks tasks;
    private final TaskCatalog catalog;

    AdminJobs(Tasks tasks, TaskCatalog catalog) {
        this.tasks = tasks;
        this.catalog = catalog;
    }

    /** A page of tasks, newest first. */
    public record Listing(List<AdminTask> items, int page, int page_size, long total) {}

    /** What retry and cancel answer: the task that waits or is stopped, and where it stands. */
    public record Acted(String task_id, String status) {}

    @GET
    @Path("overview")
    public AdminOverview overview() {
        return AdminOverview.of(catalog.totals(DAY));
    }

    @GET
    @Path("realtime")
    public Listing list(@Context UriInfo uri) {
        AdminListQuery asked = AdminListQuery.parse(uri.getQueryParameters());
        TaskCatalog.Page page = catalog.page(asked.query());
        return new Listing(
                page.tasks().stream().map(AdminTask::of).toList(), asked.page(), asked.pageSize(), page.total());
    }

    @GET
    @Path("realtime/{id}")
    public Response detail(
            @PathParam("id") String id, @HeaderParam(HttpHeaders.ACCEPT_LANGUAGE) @Nullable String languages) {
        Task task = task(id);
        int total = history(id, Integer.MAX_VALUE).last_seq();
        Diagnostics diagnostics =
                Diagnostics.of(task, told(task, total), Language.of(languages)).orElse(null);
        return Response.ok(AdminDetail.of(task, history(id, total - AdminDetail.EVENTS), total, diagnostics))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_LANGUAGE)
                .build();
    }

    @POST
    @Path("realtime/{id}/retry")
    @Consumes(MediaType.WILDCARD)
    public Response retry(
            @PathParam("id") String id,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context SecurityContext caller) {
        Task old = task(id);
        Retrial.check(old);
        String name = caller.getUserPrincipal().getName();
        NewTask ordered = catalog.asOrdered(old.id()).orElseThrow(() -> new TaskException.NotFound(id));
        List<NewTask> again = List.of(Retrial.of(ordered, old, name));
        Once.Answer answer = key == null
                ? answer(tasks.submit(again))
                : tasks.submitOnce(
                        IdempotencyKey.once(
                                name, path(old.id()), key, JsonNodeFactory.instance.objectNode(), AdminJobs::answer),
                        again);
        return Response.status(answer.status()).entity(answer.body()).build();
    }

    @POST
    @Path("realtime/{id}/cancel")
    @Consumes(MediaType.WILDCARD)
    public Acted cancel(@PathParam("id") String id, @Context SecurityContext caller) {
        Task task = tasks.cancel(id, "cancelled by " + caller.getUserPrincipal().getName());
        return new Acted(task.id().toString(), AdminStatus.of(task.state()));
    }

    private Task task(String id) {
        return tasks.find(id).orElseThrow(() -> new TaskException.NotFound(id));
    }

    private TaskHistory history(String id, int afterSeq) {
        return tasks.history(id, afterSeq, AdminDetail.EVENTS).orElseThrow(() -> new TaskException.NotFound(id));
    }

    private List<TaskEvent> told(Task task, int total) {
        return Diagnostics.know(task.type())
                ? tasks.progress(task.id().toString(), Math.max(0, total - TOLD))
                : List.of();
    }

    private static String path(TaskId task) {
        return "/api/admin/jobs/realtime/" + task + "/retry";
    }

    private static Once.Answer answer(List<Submission> outcomes) {
        return switch (outcomes.getFirst()) {
            case Submission.Accepted made ->
                new Once.Answer(200, JsonBody.write(new Acted(made.id().toString(), AdminStatus.of(made.state()))));
            case Submission.AlreadyExists exists -> throw new IllegalStateException("a retry holds no key");
            case Submission.Refused refused -> new Once.Answer(BAD_REQUEST, AdminErrors.badRequest(refused.reason()));
        };
    }
}
