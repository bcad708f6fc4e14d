package io.taskhub.gateway.api;

import io.taskhub.gateway.dialect.Dialect;
import io.taskhub.gateway.dialect.Refusal;
import io.taskhub.gateway.dialect.Refusal.Reason;
import io.taskhub.gateway.front.Visit;
import io.taskhub.gateway.identity.Passwords;
import io.taskhub.gateway.identity.Users;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Failures of the own endpoints in the words of their row's dialect. */
public class Refusals {
    private static final Logger LOG = Logger.getLogger(Refusals.class);

    @ServerExceptionMapper
    public Response refused(RefusedException e, RoutingContext context) {
        return answer(context, e.refusal(), e.retryAfterSeconds());
    }

    @ServerExceptionMapper
    public Response busy(Passwords.BusyException e, RoutingContext context) {
        return answer(context, new Refusal(Reason.SERVICE_UNAVAILABLE, "too many logins at once"), 1);
    }

    @ServerExceptionMapper
    public Response lastAdmin(Users.LastAdminException e, RoutingContext context) {
        return answer(context, new Refusal(Reason.CONFLICT, "this is the last admin"), 0);
    }

    @ServerExceptionMapper
    public Response http(WebApplicationException e, RoutingContext context) {
        int status = e.getResponse().getStatus();
        Reason reason = Arrays.stream(Reason.values())
                .filter(known -> known.status() == status)
                .findFirst()
                .orElse(status < 500 ? Reason.BAD_REQUEST : Reason.INTERNAL_ERROR);
        return answer(context, Refusal.of(reason), 0);
    }

    @ServerExceptionMapper
    public Response broken(Exception e, RoutingContext context) {
        LOG.errorf(
                e, "%s %s failed", context.request().method(), context.request().path());
        return answer(context, Refusal.of(Reason.INTERNAL_ERROR), 0);
    }

    private static Response answer(RoutingContext context, Refusal refusal, long retryAfterSeconds) {
        Dialect dialect = Visit.dialect(context);
        Response.ResponseBuilder response = Response.status(refusal.status())
                .header(HttpHeaders.CONTENT_TYPE, dialect.contentType())
                .entity(dialect.body(refusal));
        if (retryAfterSeconds > 0) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        return response.build();
    }
}
