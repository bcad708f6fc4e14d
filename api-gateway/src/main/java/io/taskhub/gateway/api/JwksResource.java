package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.identity.SigningKeys;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** The keys that tokens are checked with, as every service fetches them. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class JwksResource {
    private final SigningKeys keys;

    JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    public String jwks() {
        return keys.jwks();
    }
}
