package io.taskhub.worker.api.internal;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Roles;
import io.taskhub.worker.lease.Drain;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** {@code POST /internal/drain}: take nothing new, finish or hand back, leave. Answers when that is done; harmless to repeat. */
@Path("/internal/drain")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Roles.SERVICE)
public class DrainResource {
    /** How many runs were handed back. */
    public record Drained(boolean drained, int handed_back) {}

    private final Drain drain;

    @Inject
    public DrainResource(Drain drain) {
        this.drain = drain;
    }

    @POST
    @RunOnVirtualThread
    public Drained drain() {
        return new Drained(true, drain.run());
    }
}
