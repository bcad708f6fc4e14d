package io.taskhub.realtime.api.internal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.taskhub.contracts.Roles;
import io.taskhub.realtime.socket.Sessions;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** For the gateway: {@code /api/stats} and {@code /api/debug/broadcast} are made of this. */
@Path("/internal")
@RolesAllowed(Roles.SERVICE)
public class InternalResource {
    private final Sessions sessions;

    InternalResource(Sessions sessions) {
        this.sessions = sessions;
    }

    /** @param sessions authenticated WebSocket sessions of this instance */
    public record Stats(int sessions) {}

    @GET
    @Path("/stats")
    public Stats stats() {
        return new Stats(sessions.count());
    }

    /** Sends the body as it is to every authenticated session of this instance. */
    @POST
    @Path("/broadcast")
    public Stats broadcast(@Nullable ObjectNode message) {
        if (message == null) {
            throw new BadRequestException("a JSON object is required");
        }
        sessions.broadcast(List.of(message.toString()));
        return new Stats(sessions.count());
    }
}
