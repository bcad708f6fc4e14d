package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.identity.Passwords;
import io.taskhub.gateway.identity.TokenExchange;
import io.taskhub.gateway.identity.Users;
import io.taskhub.gateway.routing.Access;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Administration of users. */
@Path("/api/users")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class UsersResource {
    private final Users users;
    private final TokenExchange exchange;
    private final Requests requests;

    UsersResource(Users users, TokenExchange exchange, Requests requests) {
        this.users = users;
        this.exchange = exchange;
        this.requests = requests;
    }

    record UserForm(
            @Nullable String name,
            @Nullable String password,
            @Nullable String role) {}

    record UserView(String name, String role, Instant created_at) {
        static UserView of(Users.Profile user) {
            return new UserView(user.name(), user.role().role(), user.createdAt());
        }
    }

    record UserList(List<UserView> items) {}

    @GET
    public UserList list() {
        return new UserList(users.everybody().stream().map(UserView::of).toList());
    }

    @POST
    public Response create(@Nullable UserForm form, RoutingContext context) {
        String name = form == null ? null : form.name();
        String password = form == null ? null : acceptable(form.password());
        Access role = form == null ? null : RoleWord.access(form.role());
        if (name == null || !Users.isName(name) || password == null || role == null) {
            throw new RefusedException(
                    Reason.BAD_REQUEST, "name ([A-Za-z0-9._@-]{1,64}), password and role are needed");
        }
        if (!users.create(name, password, role)) {
            throw new RefusedException(Reason.CONFLICT, "the name is taken");
        }
        requests.audit(context, "user.create", name);
        return Response.status(Response.Status.CREATED)
                .entity(new UserView(name, role.role(), Instant.now()))
                .build();
    }

    @PUT
    @Path("/{name}")
    public Response change(@PathParam("name") String name, @Nullable UserForm form, RoutingContext context) {
        String password = form == null ? null : acceptable(form.password());
        Access role = form == null ? null : RoleWord.access(form.role());
        if (password == null && role == null) {
            throw new RefusedException(Reason.BAD_REQUEST, "password or role is needed");
        }
        if (!users.change(name, password, role)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no such user");
        }
        exchange.forgetAll();
        requests.audit(context, "user.change", name);
        return Response.noContent().build();
    }

    @DELETE
    @Path("/{name}")
    public Response remove(@PathParam("name") String name, RoutingContext context) {
        if (!users.remove(name)) {
            throw new RefusedException(Reason.NOT_FOUND, "there is no such user");
        }
        exchange.forgetAll();
        requests.audit(context, "user.remove", name);
        return Response.noContent().build();
    }

    private static @Nullable String acceptable(@Nullable String password) {
        if (password != null && !Passwords.isAcceptable(password)) {
            throw new RefusedException(Reason.BAD_REQUEST, "a password has 6 to 72 bytes");
        }
        return password;
    }
}
