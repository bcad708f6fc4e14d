package io.taskhub.task.api.v1;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.Tasks;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task's progress as it is stored ({@code tasks-v1.md} Task Progress, but the streams). */
@Path("/api/v1/tasks/{id}/progress")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed(Roles.VIEWER)
public class V1Progress {
    private static final String FETCH_ERROR = "PROGRESS_FETCH_ERROR";

    private final Tasks tasks;

    V1Progress(Tasks tasks) {
        this.tasks = tasks;
    }

    /** All entries from a point on. */
    public record History(String task_id, int count, List<ProgressEntry> history) {}

    /** What is there; the entries' ids are empty when there are none. */
    public record Info(String task_id, boolean has_progress, int length, String first_entry, String last_entry) {}

    @GET
    public ProgressEntry latest(@PathParam("id") String id) {
        try {
            List<ProgressEntry> entries = entries(id);
            if (!entries.isEmpty()) {
                return entries.getLast();
            }
        } catch (TaskException.NotFound e) {
            throw noProgress();
        }
        throw noProgress();
    }

    /** {@code start_id}: {@code -} (default) and {@code 0} are everything, else that entry and what follows, as Redis' XRANGE has it. */
    @GET
    @Path("history")
    public History history(@PathParam("id") String id, @QueryParam("start_id") @Nullable String startId) {
        Optional<StreamId> start = start(startId);
        Task task = task(id);
        List<ProgressEntry> entries = entries(id).stream()
                .filter(entry -> start.isEmpty() || entry.id().compareTo(start.get()) >= 0)
                .toList();
        return new History(task.id().toString(), entries.size(), entries);
    }

    @GET
    @Path("info")
    public Info info(@PathParam("id") String id) {
        Task task = task(id);
        List<ProgressEntry> entries = entries(id);
        return new Info(
                task.id().toString(),
                !entries.isEmpty(),
                entries.size(),
                entries.isEmpty() ? "" : entries.getFirst().stream_id(),
                entries.isEmpty() ? "" : entries.getLast().stream_id());
    }

    private Task task(String id) {
        return V1Errors.orElse(FETCH_ERROR, () -> tasks.find(id))
                .orElseThrow(() -> new V1Error(404, "TASK_NOT_FOUND", "task not found"));
    }

    private List<ProgressEntry> entries(String id) {
        return V1Errors.orElse(FETCH_ERROR, () -> tasks.progress(id)).stream()
                .flatMap(event -> ProgressEntry.from(event).stream())
                .toList();
    }

    private static Optional<StreamId> start(@Nullable String startId) {
        if (startId == null || startId.isBlank() || startId.equals("-")) {
            return Optional.empty();
        }
        return Optional.of(StreamId.parse(startId).orElseThrow(() -> V1Error.invalid("start_id is not a stream id")));
    }

    private static V1Error noProgress() {
        return new V1Error(404, "PROGRESS_NOT_FOUND", "no progress found for this task");
    }
}
