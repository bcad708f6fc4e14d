package io.taskhub.task.api.taskcenter;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.AgentTask;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Plan;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.Tasks;
import io.taskhub.task.agents.Planned;
import io.taskhub.task.agents.Planners;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.IdempotencyKey;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.ProblemVoice;
import io.taskhub.task.api.TaskCenterStatus;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Creates an agent's task ({@code task-center.md} §1): plans first, then stores task and plan together. A repeated {@code
 * Idempotency-Key} is answered with the first plan; the one made again is thrown away.
 */
@Path(Chat.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class Chat {
    static final String PATH = "/api/chat";

    /** As the contract has it. */
    private static final int CREATED = 200;

    private static final String QUEUE = "browser";
    /** For what hangs: waiting for a browser counts, and a run has a limit of its own once it has one. */
    private static final Duration TIMEOUT = Duration.ofHours(6);

    private final Tasks tasks;
    private final Planners planners;

    Chat(Tasks tasks, Planners planners) {
        this.tasks = tasks;
        this.planners = planners;
    }

    /** {@code status}: queued, or success when nothing is to be executed. */
    public record Created(String task_id, String status, Plan plan, Links links) {}

    public record Links(String task, String stream) {
        static Links to(TaskId id) {
            return new Links("/api/tasks/" + id.tsk(), "/api/tasks/" + id.tsk() + "/stream");
        }
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context SecurityContext caller) {
        ObjectNode json = JsonBody.object(body, contentType, JsonBody.LIMIT_BYTES);
        ChatRequest request = ChatRequest.parse(json);
        String name = caller.getUserPrincipal().getName();
        TaskId id = TaskId.next();
        Planned planned = planners.plan(request.prompt(), id, request.byModel(), request.model());
        List<NewTask> task = List.of(task(id, request, planned, name));
        Once.Answer answer = key == null
                ? created(planned, tasks.submit(task))
                : tasks.submitOnce(
                        IdempotencyKey.once(name, PATH, key, json, outcomes -> created(planned, outcomes)), task);
        return Response.status(answer.status())
                .type(answer.status() == CREATED ? MediaType.APPLICATION_JSON : ProblemVoice.MEDIA_TYPE)
                .entity(answer.body())
                .build();
    }

    private static NewTask task(TaskId id, ChatRequest request, Planned planned, String caller) {
        String payload = JsonBody.write(new AgentTask(
                request.prompt(),
                planned.planner(),
                planned.plan(),
                request.execute(),
                request.headful(),
                request.memoryTemplate()));
        return new NewTask(
                id,
                Origin.TASKCENTER,
                AgentTask.TYPE,
                QUEUE,
                0,
                List.of(),
                null,
                new NewTask.Limits(1, RetryPolicy.Exponential.DOUBLING_SECONDS, TIMEOUT, true),
                new Task.Description(planned.plan().title(), 0, payload, payload, request.metadata(), caller),
                Task.Link.NONE,
                null,
                request.execute() ? null : new NewTask.Born.Completed());
    }

    private static Once.Answer created(Planned planned, List<Submission> outcomes) {
        return switch (outcomes.getFirst()) {
            case Submission.Accepted accepted ->
                new Once.Answer(
                        CREATED,
                        JsonBody.write(new Created(
                                accepted.id().tsk(),
                                TaskCenterStatus.of(accepted.state()).word(),
                                planned.plan(),
                                Links.to(accepted.id()))));
            case Submission.AlreadyExists exists ->
                refused(new Failure(Failure.Kind.CONFLICT, "task exists: " + exists.holder()));
            case Submission.Refused refused -> refused(new Failure(Failure.Kind.INVALID_REQUEST, refused.reason()));
        };
    }

    private static Once.Answer refused(Failure failure) {
        return new Once.Answer(failure.kind().status(), JsonBody.write(ProblemVoice.Problem.of(failure)));
    }
}
