package io.taskhub.dag.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.dag.api.Envelope;
import io.taskhub.dag.api.NodesJson;
import io.taskhub.dag.query.EventFilter;
import io.taskhub.dag.query.EventReader;
import io.taskhub.dag.query.NodeFilter;
import io.taskhub.dag.query.NodeReader;
import io.taskhub.dag.query.RunFilter;
import io.taskhub.dag.query.RunReader;
import io.taskhub.dag.query.StoredRun;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;

/** What is known of runs, their nodes and what happened to them. */
@Path("/api/dag")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.VIEWER)
@RunOnVirtualThread
public class DagQueries {
    private final RunReader runs;
    private final NodeReader nodes;
    private final EventReader events;

    DagQueries(RunReader runs, NodeReader nodes, EventReader events) {
        this.runs = runs;
        this.nodes = nodes;
        this.events = events;
    }

    @GET
    @Path("runs")
    public Envelope runs(@Context UriInfo uri) {
        RunFilter filter = Queries.runs(parameters(uri));
        return Envelope.ok(
                Paged.of(runs.list(filter), filter.limit() - 1, RunItem::of, run -> run.startMs() + ":" + run.id()));
    }

    /** Additive. */
    @GET
    @Path("runs/{run_id}")
    public Response run(@PathParam("run_id") String id) {
        StoredRun run = runs.find(id).orElseThrow(DagError::notFound);
        return Response.ok(new RunDetails(run, nodes)).build();
    }

    @GET
    @Path("task_runs")
    public Envelope taskRuns(@Context UriInfo uri) {
        NodeFilter filter = Queries.nodes(parameters(uri));
        return Envelope.ok(Paged.of(
                nodes.list(filter, NodesJson.outputChars(filter.limit() - 1)),
                filter.limit() - 1,
                TaskRunItem::of,
                node -> Long.toString(node.id())));
    }

    @GET
    @Path("events")
    public Envelope events(@Context UriInfo uri) {
        EventFilter filter = Queries.events(parameters(uri));
        return Envelope.ok(
                filter == null
                        ? new Paged<>(List.of(), null)
                        : Paged.of(
                                events.list(filter),
                                filter.limit() - 1,
                                EventItem::of,
                                event -> event.tsMs() + ":" + event.id()));
    }

    private static Parameters parameters(UriInfo uri) {
        return new Parameters(uri.getQueryParameters()::getFirst);
    }
}
