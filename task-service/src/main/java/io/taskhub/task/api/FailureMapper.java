package io.taskhub.task.api;

import io.quarkus.arc.All;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.taskhub.task.TaskException;
import io.taskhub.task.api.Failure.Kind;
import io.taskhub.task.artifact.ArtifactException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/**
 * Turns what no resource caught into the error body of the dialect that owns the path (decisions §1). Most of it happens before a
 * resource is known, so the path is all there is to go by: each dialect says in its {@link ErrorVoice} which ones are its own.
 */
@Singleton
public class FailureMapper {
    private static final Logger LOG = Logger.getLogger(FailureMapper.class);

    private final List<ErrorVoice> voices;

    FailureMapper(@All List<ErrorVoice> voices) {
        this.voices = voices.stream()
                .sorted(Comparator.comparingInt(
                                (ErrorVoice voice) -> voice.prefix().length())
                        .reversed())
                .toList();
    }

    @ServerExceptionMapper
    Response of(Failure.Thrown thrown, UriInfo uri) {
        return say(thrown.failure(), uri.getPath());
    }

    @ServerExceptionMapper({UnauthorizedException.class, AuthenticationFailedException.class})
    Response unauthorized(SecurityException e, UriInfo uri) {
        return say(new Failure(Kind.UNAUTHORIZED, "unauthorized"), uri.getPath());
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException e, UriInfo uri) {
        return say(new Failure(Kind.FORBIDDEN, "forbidden"), uri.getPath());
    }

    @ServerExceptionMapper
    Response of(TaskException e, UriInfo uri) {
        return say(failure(e), uri.getPath());
    }

    @ServerExceptionMapper
    Response of(ArtifactException e, UriInfo uri) {
        String message = String.valueOf(e.getMessage());
        Failure failure =
                switch (e) {
                    case ArtifactException.StaleClaim stale -> new Failure(Kind.CONFLICT, message);
                    case ArtifactException.TooLarge large -> new Failure(Kind.REQUEST_TOO_LARGE, message);
                    case ArtifactException.OverQuota over -> new Failure(Kind.REQUEST_TOO_LARGE, message);
                    case ArtifactException.NotAllowed name -> new Failure(Kind.INVALID_REQUEST, message);
                };
        return say(failure, uri.getPath());
    }

    /** Not found, not allowed, wrong media type and the like, as the framework raises them. */
    @ServerExceptionMapper
    Response of(WebApplicationException e, UriInfo uri) {
        Response raised = e.getResponse();
        Kind kind = Kind.of(raised.getStatus());
        Response said = say(new Failure(kind, message(kind)), uri.getPath());
        Object allow = raised.getHeaders().getFirst(HttpHeaders.ALLOW);
        return allow == null
                ? said
                : Response.fromResponse(said).header(HttpHeaders.ALLOW, allow).build();
    }

    @ServerExceptionMapper
    Response of(Throwable e, UriInfo uri) {
        LOG.errorf(e, "request failed: %s", uri.getPath());
        return say(new Failure(Kind.INTERNAL_ERROR, "internal error"), uri.getPath());
    }

    static Failure failure(TaskException e) {
        String message = String.valueOf(e.getMessage());
        return switch (e) {
            case TaskException.NotFound gone -> new Failure(Kind.NOT_FOUND, message);
            case TaskException.Finished finished -> new Failure(Kind.CONFLICT, message);
            case TaskException.Running running -> new Failure(Kind.CONFLICT, message);
            case TaskException.NotFinished unfinished -> new Failure(Kind.CONFLICT, message);
            case TaskException.KeyReused reused -> new Failure(Kind.IDEMPOTENCY_KEY_REUSED, message);
            case TaskException.IntakeFull full ->
                new Failure(Kind.TOO_MANY_REQUESTS, message, Math.max(1, full.retryAfterSeconds()));
        };
    }

    private static String message(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    Response say(Failure failure, String ofRequest) {
        String path = ofRequest.startsWith("/") ? ofRequest : "/" + ofRequest;
        ErrorVoice voice = voices.stream()
                .filter(candidate -> path.startsWith(candidate.prefix()))
                .findFirst()
                .orElseThrow();
        var reply = Response.status(failure.kind().status())
                .type(voice.mediaType())
                .entity(JsonBody.write(voice.body(failure)));
        if (failure.retryAfterSeconds() > 0) {
            reply.header(HttpHeaders.RETRY_AFTER, failure.retryAfterSeconds());
        }
        if (failure.kind() == Kind.UNAUTHORIZED) {
            reply.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return reply.build();
    }
}
