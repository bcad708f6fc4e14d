package io.taskhub.dag.api.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.query.EventReader;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.NodeReader.Place;
import io.taskhub.dag.query.RunReader;
import io.taskhub.dag.query.StoredEvent;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happened in a run, for streams that join it with the live feed. */
@Path("/internal")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Produces(MediaType.APPLICATION_JSON)
public class RunEvents {
    private static final int LIMIT = 1_000;

    private final RunReader runs;
    private final NodeReader nodes;
    private final EventReader events;

    RunEvents(RunReader runs, NodeReader nodes, EventReader events) {
        this.runs = runs;
        this.nodes = nodes;
        this.events = events;
    }

    @GET
    @Path("runs/{run_id}/events")
    public DagEvent.Page ofRun(
            @PathParam("run_id") String run,
            @QueryParam("task_id") @Nullable String taskId,
            @QueryParam("after_seq") @DefaultValue("0") int afterSeq,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        if (runs.find(run).isEmpty()) {
            throw new NotFoundException("no such run");
        }
        String logicalId = taskId == null
                ? null
                : nodes.locate(run, taskId).map(Place::logicalId).orElse(taskId);
        return page(run, logicalId, afterSeq, limit);
    }

    /** Of the newest run that has such a node. */
    @GET
    @Path("events")
    public DagEvent.Page ofNode(
            @QueryParam("task_id") @Nullable String taskId,
            @QueryParam("after_seq") @DefaultValue("0") int afterSeq,
            @QueryParam("limit") @DefaultValue("1000") int limit) {
        if (taskId == null) {
            throw new BadRequestException("task_id is missing");
        }
        Place place = nodes.locate(null, taskId).orElseThrow(NotFoundException::new);
        return page(place.run(), place.logicalId(), afterSeq, limit);
    }

    private DagEvent.Page page(String run, @Nullable String logicalId, int afterSeq, int limit) {
        int wanted = Math.clamp(limit, 1, LIMIT);
        List<StoredEvent> found = events.page(run, logicalId, afterSeq, wanted + 1);
        List<DagEvent> page = found.stream().limit(wanted).map(RunEvents::wire).toList();
        return new DagEvent.Page(run, page, found.size() > wanted);
    }

    private static DagEvent wire(StoredEvent event) {
        return new DagEvent(
                event.run(),
                event.logicalId(),
                event.event(),
                event.tsMs(),
                event.seq(),
                JsonBody.fields(JsonBody.stored(event.extra(), ObjectNode.class)));
    }
}
