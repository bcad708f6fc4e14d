package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.LogPage;
import io.taskhub.contracts.Roles;
import io.taskhub.task.LogQuery;
import io.taskhub.task.StoredLog;
import io.taskhub.task.Tasks;
import io.taskhub.task.history.Logs;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ServiceUnavailableException;
import jakarta.ws.rs.core.MediaType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Stored logs, for streams that join them with the live feed. */
@Path("/internal/logs")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class LogResource {
    private static final int LIMIT = 2000;

    private final Tasks tasks;

    LogResource(Tasks tasks) {
        this.tasks = tasks;
    }

    @GET
    public LogPage logs(
            @QueryParam("task") @Nullable String task,
            @QueryParam("run_id") @Nullable String runId,
            @QueryParam("from") @DefaultValue("1") long from,
            @QueryParam("limit") @DefaultValue("1000") int limit,
            @QueryParam("offsets") @DefaultValue("") String offsets) {
        if (task == null) {
            throw new BadRequestException("task is missing");
        }
        int wanted = Math.clamp(limit, 1, LIMIT - 1);
        try {
            List<StoredLog> logs = tasks.logs(new LogQuery(task, runId, from, wanted + 1, parse(offsets)));
            boolean more = logs.size() > wanted;
            return new LogPage(logs.stream().limit(wanted).map(StoredLog::log).toList(), more);
        } catch (Logs.Behind e) {
            throw new ServiceUnavailableException(1L);
        }
    }

    /** {@code <partition>:<offset>,…} */
    private static Map<Integer, Long> parse(String offsets) {
        Map<Integer, Long> parsed = new HashMap<>();
        if (offsets.isEmpty()) {
            return parsed;
        }
        try {
            for (String pair : offsets.split(",", -1)) {
                int colon = pair.indexOf(':');
                parsed.put(Integer.parseInt(pair.substring(0, colon)), Long.parseLong(pair.substring(colon + 1)));
            }
            return parsed;
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new BadRequestException("offsets are <partition>:<offset>,…", e);
        }
    }
}
