package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.identity.ApiKeys;
import io.taskhub.gateway.identity.TokenExchange;
import io.taskhub.gateway.routing.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Administration of API keys. */
@Path("/api/keys")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class KeysResource {
    private static final int MAX_NAME = 100;

    private final ApiKeys keys;
    private final TokenExchange exchange;
    private final Requests requests;

    KeysResource(ApiKeys keys, TokenExchange exchange, Requests requests) {
        this.keys = keys;
        this.exchange = exchange;
        this.requests = requests;
    }

    record KeyForm(
            @Nullable String name,
            @Nullable String role,
            @Nullable Instant expires_at) {}

    /** {@code key} is there once: in the answer that creates it. */
    record KeyView(
            UUID id,
            String name,
            String role,
            String created_by,
            Instant created_at,
            @Nullable Instant expires_at,
            @Nullable Instant revoked_at,
            @Nullable String key) {
        static KeyView of(ApiKeys.Listed key, @Nullable String secret) {
            return new KeyView(
                    key.id(),
                    key.name(),
                    key.role().role(),
                    key.createdBy(),
                    key.createdAt(),
                    key.expiresAt(),
                    key.revokedAt(),
                    secret);
        }
    }

    record KeyList(List<KeyView> items) {}

    @GET
    public KeyList list() {
        return new KeyList(
                keys.everyKey().stream().map(key -> KeyView.of(key, null)).toList());
    }

    @POST
    public Response create(@Nullable KeyForm form, RoutingContext context) {
        String name = form == null ? null : form.name();
        Access role = form == null ? null : RoleWord.access(form.role());
        if (form == null || name == null || name.isBlank() || name.length() > MAX_NAME || role == null) {
            throw new RefusedException(Reason.BAD_REQUEST, "name (1 to 100 characters) and role are needed");
        }
        Instant end = form.expires_at();
        if (end != null && !end.isAfter(Instant.now())) {
            throw new RefusedException(Reason.BAD_REQUEST, "expires_at is in the past");
        }
        ApiKeys.Created created = keys.create(name, role, requests.caller(context), end);
        requests.audit(context, "key.create", created.key().id().toString());
        return Response.status(Response.Status.CREATED)
                .entity(KeyView.of(created.key(), created.secret()))
                .build();
    }

    @DELETE
    @Path("/{id}")
    public Response revoke(@PathParam("id") String id, RoutingContext context) {
        if (!keys.revoke(uuid(id))) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no such key");
        }
        exchange.forgetAll();
        requests.audit(context, "key.revoke", id);
        return Response.noContent().build();
    }

    private static UUID uuid(String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no such key");
        }
    }
}
