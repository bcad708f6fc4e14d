package io.taskhub.worker.api.taskhub;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.worker.api.Body;
import io.taskhub.worker.api.ErrorBody;
import io.taskhub.worker.lease.Poller;
import io.taskhub.worker.registry.LiveTypes;
import io.taskhub.worker.registry.RemoteWorker;
import io.taskhub.worker.registry.RemoteWorkers;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The registry of workers (taskhub.md, Workers; decisions §3). */
@Path("/api/workers")
@Produces(MediaType.APPLICATION_JSON)
@Consumes({MediaType.APPLICATION_JSON, "application/*+json", MediaType.APPLICATION_FORM_URLENCODED})
@RunOnVirtualThread
public class WorkersResource {
    private static final Map<String, Object> OK = Map.of("ok", true);
    private static final String LOCALHOST = "127.0.0.1";
    private static final int HIGHEST_PORT = 65_535;
    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;

    /** The list's answer. */
    public record Listing(boolean ok, List<WorkerView> workers) {}

    private final RemoteWorkers workers;
    private final LiveTypes types;
    private final Poller poller;

    @Inject
    public WorkersResource(RemoteWorkers workers, LiveTypes types, Poller poller) {
        this.workers = workers;
        this.types = types;
        this.poller = poller;
    }

    @GET
    @RolesAllowed(Roles.VIEWER)
    public Listing list() throws SQLException {
        return new Listing(true, workers.list().stream().map(WorkerView::of).toList());
    }

    @POST
    @Path("register")
    @RolesAllowed(Roles.WORKER)
    public Response register(byte[] json) throws SQLException, InterruptedException {
        Body body = Body.of(json);
        String id = body.text("id");
        int port = body.integer("port", 0);
        if (id.isEmpty() || port == 0) {
            return ErrorBody.of(BAD, "missing required fields: id/port");
        }
        if (port < 0 || port > HIGHEST_PORT) {
            return ErrorBody.of(BAD, "port must be 1 to " + HIGHEST_PORT);
        }
        String host = body.text("host");
        if (!host.isEmpty() && !host.matches("[A-Za-z0-9._:-]{1,253}")) {
            return ErrorBody.of(BAD, "host must be a name or an address");
        }
        String token = body.text("token");
        workers.register(new RemoteWorker.Registration(
                id,
                host.isEmpty() ? LOCALHOST : host,
                port,
                body.texts("queues"),
                body.texts("labels"),
                body.texts("types"),
                Math.max(0, body.integer("max_running_tasks", 0)),
                Math.max(0, body.integer("running_tasks", 0)),
                token.isEmpty() ? null : token));
        announce(body.texts("types"));
        return Response.ok(OK).build();
    }

    /** A client may create a task of a new type as soon as its worker is registered. */
    private void announce(List<String> brought) throws InterruptedException {
        Set<String> known = types.current();
        if (!known.containsAll(brought)) {
            types.runOnce();
            poller.announce();
        }
    }

    @POST
    @Path("heartbeat")
    @RolesAllowed(Roles.WORKER)
    public Response heartbeat(byte[] json) throws SQLException {
        Body body = Body.of(json);
        String id = body.text("id");
        if (id.isEmpty()) {
            return ErrorBody.of(BAD, "missing worker id");
        }
        return workers.heartbeat(id, body.integer("running_tasks", -1))
                ? Response.ok(OK).build()
                : ErrorBody.of(NOT_FOUND, "worker not found");
    }
}
