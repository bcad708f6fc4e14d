package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskHistory;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tasks that dag-service and cron-service order, look after and call off. */
@Path("/internal/tasks")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class OrderResource {
    private static final int MOST = 1_000;

    private final Tasks tasks;

    OrderResource(Tasks tasks) {
        this.tasks = tasks;
    }

    /** Stores what is new in one transaction; a repeated order is answered with the task that was made first. */
    @POST
    public TaskOrder.Reply order(TaskOrder.@Nullable Batch batch, @Context SecurityContext caller) {
        List<TaskOrder> orders = checked(batch == null ? null : batch.orders(), "orders");
        OrderedTasks ordered = OrderedTasks.of(orders, caller.getUserPrincipal().getName());
        return ordered.reply(tasks.submit(ordered.good()));
    }

    @POST
    @Path("outcomes")
    public TaskOutcome.Reply outcomes(TaskOutcome.@Nullable Query query) {
        return tasks.outcomes(checked(query == null ? null : query.tasks(), "tasks"));
    }

    @POST
    @Path("histories")
    public TaskHistory.News histories(TaskHistory.@Nullable Query query) {
        return tasks.news(checked(query == null ? null : query.tasks(), "tasks"));
    }

    @POST
    @Path("cancel")
    public void cancel(TaskOrder.@Nullable Cancel cancel) {
        List<TaskId> ids = checked(cancel == null ? null : cancel.tasks(), "tasks");
        String reason = cancel == null || cancel.reason() == null ? "" : cancel.reason();
        if (!JsonBody.storable(reason)) {
            throw new Failure.Thrown(Failure.Kind.INVALID_REQUEST, "reason holds a character that is none");
        }
        tasks.cancelAll(ids, reason);
    }

    private static <T> List<T> checked(@Nullable List<T> list, String field) {
        if (list == null || list.size() > MOST || list.stream().anyMatch(one -> one == null)) {
            throw new Failure.Thrown(Failure.Kind.INVALID_REQUEST, field + " must be an array of at most " + MOST);
        }
        return list;
    }
}
