package io.taskhub.task.api.taskhub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tasks as this dialect shows them, for the broadcasts of realtime-service (decisions §3 WebSocket): {@code {"ids":[…≤1000],
 * "max_output":4096}} → {@code {"views":{"<uuid>":{…}}}} of those that exist, their {@code last_output} and {@code last_error} cut to
 * {@code max_output} bytes.
 */
@Path("/internal/tasks/views")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class TaskHubViews {
    private static final int MAX_IDS = 1_000;
    private static final int DEFAULT_MAX_OUTPUT = 4_096;

    private final Tasks tasks;

    TaskHubViews(Tasks tasks) {
        this.tasks = tasks;
    }

    /** By UUID as text. */
    public record Views(Map<String, TaskHubTask> views) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Roles.SERVICE)
    public Views views(byte @Nullable [] body, @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType) {
        ObjectNode request = JsonBody.object(body, contentType, JsonBody.LIMIT_BYTES);
        JsonNode maxOutput = request.path("max_output");
        if (!maxOutput.isMissingNode() && !(maxOutput.isInt() && maxOutput.intValue() >= 0)) {
            throw new Failure.Thrown(Failure.Kind.INVALID_REQUEST, "max_output must be 0 or more");
        }
        int cut = maxOutput.asInt(DEFAULT_MAX_OUTPUT);
        Map<String, TaskHubTask> views = new HashMap<>();
        tasks.findAll(ids(request.path("ids")))
                .forEach((id, task) ->
                        views.put(id.toString(), TaskHubTask.from(task).withOutputCutTo(cut)));
        return new Views(views);
    }

    private static Set<TaskId> ids(JsonNode ids) {
        if (!ids.isArray() || ids.size() > MAX_IDS) {
            throw new Failure.Thrown(Failure.Kind.INVALID_REQUEST, "ids must be an array of at most " + MAX_IDS);
        }
        Set<TaskId> wanted = new LinkedHashSet<>();
        for (JsonNode id : ids) {
            wanted.add(TaskId.parse(id.asText())
                    .orElseThrow(() -> new Failure.Thrown(Failure.Kind.INVALID_REQUEST, "not a task id: " + id)));
        }
        return wanted;
    }
}
