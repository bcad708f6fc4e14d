package io.taskhub.task.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Roles;
import io.taskhub.task.queue.ClaimDesk;
import io.taskhub.task.queue.Leases;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;

/** What workers say to the queue. */
@Path("/internal/leases")
@RolesAllowed(Roles.SERVICE)
@RunOnVirtualThread
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class LeaseResource {
    private final ClaimDesk desk;
    private final Leases leases;

    LeaseResource(ClaimDesk desk, Leases leases) {
        this.desk = desk;
        this.leases = leases;
    }

    /** A worker that dies while it waits must not be given anything: its closed connection ends the wait. */
    @POST
    @Path("claim")
    public Lease.Batch claim(Lease.ClaimRequest request, @Context HttpServerRequest http) {
        return desk.claim(request, gone -> http.connection().closeHandler(ignored -> gone.run()));
    }

    @POST
    @Path("heartbeat")
    public Lease.HeartbeatReply heartbeat(Lease.Heartbeat beat) {
        return leases.heartbeat(beat);
    }

    @POST
    @Path("report")
    public Lease.ReportReply report(Lease.ReportBatch batch) {
        return leases.report(batch);
    }

    @POST
    @Path("leave")
    public void leave(Lease.Leave leave) {
        leases.leave(leave.session());
    }
}
