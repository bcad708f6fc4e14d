package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.identity.SigningKeys;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.sql.SQLException;

/** Rotation of the signing key by hand; by itself it happens when the key is old. */
@Path("/api/admin/keys/rotate")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class KeyRotationResource {
    private final SigningKeys keys;
    private final Requests requests;

    KeyRotationResource(SigningKeys keys, Requests requests) {
        this.keys = keys;
        this.requests = requests;
    }

    record Rotated(String kid) {}

    /** A new key signs from now on; tokens of the old one stay good until they expire, so nobody is logged out. */
    @POST
    public Rotated rotate(RoutingContext context) throws SQLException {
        String kid = keys.rotate();
        requests.audit(context, "signing-key.rotate", kid);
        return new Rotated(kid);
    }
}
