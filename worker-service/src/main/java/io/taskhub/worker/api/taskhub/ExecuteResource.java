package io.taskhub.worker.api.taskhub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.ExecType;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.worker.api.Body;
import io.taskhub.worker.api.ErrorBody;
import io.taskhub.worker.executor.DirectRun;
import io.taskhub.worker.executor.DirectRuns;
import io.taskhub.worker.executor.Work;
import io.taskhub.worker.lease.Drain;
import io.taskhub.worker.lease.Session;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs one task here and now (taskhub.md, {@code POST /api/worker/execute}), and stops one. */
@Path("/api/worker")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/*+json", MediaType.APPLICATION_FORM_URLENCODED})
@RolesAllowed(Roles.OPERATOR)
@RunOnVirtualThread
public class ExecuteResource {
    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int UNAVAILABLE = 503;

    private final DirectRuns runs;
    private final Drain drain;
    private final Session session;
    private final ObjectMapper json;

    @Inject
    public ExecuteResource(DirectRuns runs, Drain drain, Session session, ObjectMapper json) {
        this.runs = runs;
        this.drain = drain;
        this.session = session;
        this.json = json;
    }

    /** Answers when the task has ended. Who hangs up cancels it, unless somebody else waits for the same key. */
    @POST
    @Path("execute")
    public Response execute(byte[] body, @HeaderParam("Idempotency-Key") @Nullable String key, RoutingContext request)
            throws JsonProcessingException {
        Map<String, Object> fields = Body.of(body).fields();
        TaskConfig task;
        try {
            task = TaskConfig.from(fields);
        } catch (IllegalArgumentException e) {
            return ErrorBody.of(BAD, String.valueOf(e.getMessage()));
        }
        if (task.exec_type() == ExecType.REMOTE) {
            return ErrorBody.of(BAD, "exec_type must not be Remote");
        }
        if (drain.begun()) {
            return ErrorBody.of(UNAVAILABLE, "worker is leaving");
        }
        DirectRun run = runs.start(
                key,
                work(task),
                new DirectRun.Attempts(task.retry_count() + 1, task.retry_delay_ms(), task.retry_exp_backoff()));
        AtomicBoolean gone = new AtomicBoolean();
        request.response().closeHandler(closed -> {
            if (gone.compareAndSet(false, true)) {
                run.left();
            }
        });
        ExecuteReply reply = ExecuteReply.of(task, run.await(), session.worker());
        if (gone.compareAndSet(false, true)) {
            run.left();
        }
        return Response.ok(reply).build();
    }

    /** Additive: {id}, and {idempotency_key} where one id may run more than once. */
    @POST
    @Path("cancel")
    public Response cancel(byte[] json) {
        Body body = Body.of(json);
        String id = body.text("id");
        String key = body.text("idempotency_key");
        if (id.isEmpty() && key.isEmpty()) {
            return ErrorBody.of(BAD, "missing task id");
        }
        return runs.cancel(id, key.isEmpty() ? null : key)
                ? Response.ok(Map.of("ok", true)).build()
                : ErrorBody.of(NOT_FOUND, "task not running");
    }

    private Work work(TaskConfig task) throws JsonProcessingException {
        String id = task.id().isBlank() ? UUID.randomUUID().toString() : task.id();
        return new Work(
                id,
                id,
                task.type(),
                task.queue(),
                json.writeValueAsString(task.payload()),
                task.timeout_ms(),
                1,
                0,
                null);
    }
}
