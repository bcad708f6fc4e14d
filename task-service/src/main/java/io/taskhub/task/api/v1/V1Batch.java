package io.taskhub.task.api.v1;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Once;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.IdempotencyKey;
import io.taskhub.task.api.JsonBody;
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Additive: many creates in one transaction (decisions §4). */
@Path(V1Batch.PATH)
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class V1Batch {
    static final String PATH = "/api/v1/tasks:batch";

    private final Tasks tasks;
    private final TaskTypes types;

    V1Batch(Tasks tasks, TaskTypes types) {
        this.tasks = tasks;
        this.types = types;
    }

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.OPERATOR)
    public Response create(
            byte @Nullable [] body,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            @Context SecurityContext caller) {
        var request = JsonBody.object(body, contentType, JsonBody.BATCH_LIMIT_BYTES);
        String name = caller.getUserPrincipal().getName();
        BatchRequest batch = BatchRequest.parse(request, types, name);
        Once.Answer answer =
                answer(batch, key == null ? null : IdempotencyKey.once(name, PATH, key, request, batch::answer));
        return Response.status(answer.status()).entity(answer.body()).build();
    }

    private Once.Answer answer(BatchRequest batch, @Nullable Once once) {
        if (batch.tasks().isEmpty()) {
            return batch.answer(List.of());
        }
        return once == null ? batch.answer(tasks.submit(batch.tasks())) : tasks.submitOnce(once, batch.tasks());
    }
}
