package io.taskhub.gateway.api;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.GatewayConfig;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.identity.Caller;
import io.taskhub.gateway.identity.Credentials;
import io.taskhub.gateway.identity.LoginThrottle;
import io.taskhub.gateway.identity.Sessions;
import io.taskhub.gateway.identity.TokenExchange;
import io.taskhub.gateway.identity.Users;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.CookieParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A browser's login: the secret stays in a cookie that no script can read. */
@Path("/api/session")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
public class SessionResource {
    private final Users users;
    private final Sessions sessions;
    private final TokenExchange exchange;
    private final LoginThrottle throttle;
    private final Requests requests;
    private final boolean secureCookies;

    SessionResource(
            Users users,
            Sessions sessions,
            TokenExchange exchange,
            LoginThrottle throttle,
            Requests requests,
            GatewayConfig config) {
        this.users = users;
        this.sessions = sessions;
        this.exchange = exchange;
        this.throttle = throttle;
        this.requests = requests;
        this.secureCookies = config.secureCookies();
    }

    record LoginForm(@Nullable String username, @Nullable String password) {}

    record Session(String username, List<String> roles) {}

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    public Response open(@Nullable LoginForm form, RoutingContext context) throws SQLException {
        String username = form == null ? null : form.username();
        String password = form == null ? null : form.password();
        if (username == null || password == null) {
            throw new RefusedException(Reason.BAD_REQUEST, "username and password are needed");
        }
        String address = requests.address(context);
        long wait = throttle.attempt(username, address);
        if (wait > 0) {
            requests.audit(context, username, "session.open", "", "throttled");
            throw new RefusedException(Reason.RATE_LIMITED, "too many failed logins", wait);
        }
        Optional<Users.Profile> user = users.authenticate(username, password);
        requests.audit(context, username, "session.open", "", user.isPresent() ? "ok" : "refused");
        Users.Profile profile =
                user.orElseThrow(() -> new RefusedException(Reason.UNAUTHORIZED, "invalid credentials"));
        throttle.succeeded(username, address);
        return Response.ok(new Session(
                        profile.name(),
                        profile.role().nested().stream().sorted().toList()))
                .cookie(cookie(
                        sessions.open(profile.name()), (int) sessions.life().toSeconds()))
                .build();
    }

    @GET
    public Session who(RoutingContext context) {
        Caller caller = requests.exchange(context).caller();
        if (caller == null) {
            throw new RefusedException(Reason.UNAUTHORIZED, "nobody is logged in");
        }
        return new Session(caller.name(), caller.roles().stream().sorted().toList());
    }

    @DELETE
    public Response close(@CookieParam(Credentials.COOKIE) @Nullable String secret, RoutingContext context)
            throws SQLException {
        if (secret != null) {
            sessions.close(secret);
            exchange.forget(new Credentials(Credentials.Kind.SESSION, secret));
            requests.audit(context, "session.close", "");
        }
        return Response.noContent().cookie(cookie("", 0)).build();
    }

    private NewCookie cookie(String value, int maxAgeSeconds) {
        return new NewCookie.Builder(Credentials.COOKIE)
                .value(value)
                .path("/")
                .maxAge(maxAgeSeconds)
                .httpOnly(true)
                .secure(secureCookies)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }
}
