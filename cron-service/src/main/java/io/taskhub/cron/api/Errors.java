package io.taskhub.cron.api;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.taskhub.cron.InvalidSpecException;
import io.taskhub.cron.jobs.Jobs;
import io.taskhub.cron.sql.DatabaseException;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Every error of this service has {@link ErrorBody}'s form: all that it speaks is TaskHub's cron dialect. */
public class Errors {
    private static final Logger LOG = Logger.getLogger(Errors.class);
    private static final int BAD = 400;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;
    private static final int INTERNAL = 500;
    private static final int UNAVAILABLE = 503;

    @ServerExceptionMapper
    public Response refused(RequestRefusedException refusal) {
        return ErrorBody.of(refusal.status(), String.valueOf(refusal.getMessage()));
    }

    @ServerExceptionMapper
    public Response invalid(InvalidSpecException e) {
        return ErrorBody.of(BAD, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response faulty(Jobs.FaultyTargetException e) {
        return ErrorBody.of(BAD, String.valueOf(e.getMessage()));
    }

    @ServerExceptionMapper
    public Response unchecked(Jobs.UncheckedTargetException e) {
        return ErrorBody.of(UNAVAILABLE, e.getMessage() + "; the job cannot be checked now");
    }

    @ServerExceptionMapper(
            value = {AuthenticationFailedException.class, UnauthorizedException.class},
            priority = Priorities.AUTHENTICATION)
    public Response unauthenticated() {
        return ErrorBody.of(UNAUTHENTICATED, "unauthorized");
    }

    @ServerExceptionMapper(value = ForbiddenException.class, priority = Priorities.AUTHENTICATION)
    public Response forbidden() {
        return ErrorBody.of(FORBIDDEN, "forbidden");
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException thrown) {
        Response.StatusType status = thrown.getResponse().getStatusInfo();
        return ErrorBody.of(status.getStatusCode(), status.getReasonPhrase().toLowerCase(Locale.ROOT));
    }

    @ServerExceptionMapper
    public Response unexpected(Exception thrown) {
        if (DatabaseException.isAway(thrown)) {
            return ErrorBody.of(UNAVAILABLE, "database is unavailable");
        }
        LOG.error("request failed", thrown);
        return ErrorBody.of(INTERNAL, "internal error");
    }
}
