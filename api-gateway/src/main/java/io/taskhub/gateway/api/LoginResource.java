package io.taskhub.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.identity.LoginThrottle;
import io.taskhub.gateway.identity.TokenIssuer;
import io.taskhub.gateway.identity.Users;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/login} (TaskHub contract, Auth): 1001 content type, 1002 JSON, 1003 fields → 400; 1004 credentials → 401. */
@Path("/api/login")
public class LoginResource {
    private static final int NOT_JSON = 1001;
    private static final int BAD_JSON = 1002;
    private static final int MISSING_FIELDS = 1003;
    private static final int BAD_CREDENTIALS = 1004;

    private final Users users;
    private final LoginThrottle throttle;
    private final TokenIssuer issuer;
    private final ObjectMapper json;
    private final Requests requests;

    LoginResource(Users users, LoginThrottle throttle, TokenIssuer issuer, ObjectMapper json, Requests requests) {
        this.users = users;
        this.throttle = throttle;
        this.issuer = issuer;
        this.json = json;
        this.requests = requests;
    }

    record Login(String token, String username, long expires_in) {}

    @POST
    @Consumes(MediaType.WILDCARD)
    @Produces(MediaType.APPLICATION_JSON)
    @RunOnVirtualThread
    public Response login(
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String type,
            byte @Nullable [] body,
            RoutingContext context) {
        if (type == null || !isJson(type)) {
            return refuse(400, NOT_JSON, "content-type must be application/json");
        }
        JsonNode fields;
        try {
            fields = json.readTree(body == null ? new byte[0] : body);
        } catch (JsonProcessingException e) {
            return refuse(400, BAD_JSON, "invalid json");
        } catch (IOException e) {
            throw new IllegalStateException("a byte array cannot fail", e);
        }
        if (fields == null || !fields.isObject()) {
            return refuse(400, BAD_JSON, "invalid json");
        }
        String username = text(fields.get("username"));
        String password = text(fields.get("password"));
        if (username == null || password == null) {
            return refuse(400, MISSING_FIELDS, "missing username or password");
        }
        return check(username, password, context);
    }

    private Response check(String username, String password, RoutingContext context) {
        String address = requests.address(context);
        String shown = username.length() <= 64 ? username : username.substring(0, 64);
        long wait = throttle.attempt(shown, address);
        if (wait > 0) {
            requests.audit(context, shown, "login", "", "throttled");
            throw new RefusedException(Reason.RATE_LIMITED, "too many failed logins", wait);
        }
        Optional<Users.Profile> user = users.authenticate(username, password);
        requests.audit(context, shown, "login", "", user.isPresent() ? "ok" : "refused");
        if (user.isEmpty()) {
            return refuse(401, BAD_CREDENTIALS, "invalid credentials");
        }
        throttle.succeeded(shown, address);
        Users.Profile profile = user.get();
        return Response.ok(Envelope.ok(new Login(
                        issuer.login(profile),
                        profile.name(),
                        issuer.loginLife().toSeconds())))
                .build();
    }

    private static boolean isJson(String type) {
        String bare = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return bare.equals("application/json") || (bare.startsWith("application/") && bare.endsWith("+json"));
    }

    private static @Nullable String text(@Nullable JsonNode field) {
        return field != null && field.isTextual() && !field.textValue().isEmpty() ? field.textValue() : null;
    }

    private static Response refuse(int status, int code, String message) {
        return Response.status(status).entity(Envelope.error(code, message)).build();
    }
}
