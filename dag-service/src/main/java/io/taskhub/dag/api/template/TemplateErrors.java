package io.taskhub.dag.api.template;

import io.taskhub.dag.api.ErrorVoice;
import io.taskhub.dag.api.Failure;
import io.taskhub.dag.api.Failure.Kind;
import io.taskhub.dag.api.JsonBody;
import io.taskhub.dag.template.TemplateException;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** How the dialect says that something went wrong. */
@Singleton
public class TemplateErrors implements ErrorVoice {
    private static final int BAD = 400;
    private static final int NOT_FOUND = 404;
    private static final int INTERNAL = 500;

    @ServerExceptionMapper
    Response of(RequestRefused refused) {
        return reply(BAD, refused.body());
    }

    @ServerExceptionMapper
    Response of(TemplateException e) {
        String message = String.valueOf(e.getMessage());
        ErrorBody body = ErrorBody.of(message, message);
        return switch (e) {
            case TemplateException.NotFound gone -> reply(NOT_FOUND, body);
            case TemplateException.AlreadyExists taken -> reply(INTERNAL, body);
            case TemplateException.Invalid invalid -> reply(BAD, body);
            case TemplateException.TaskIdMissing missing -> reply(BAD, body);
            case TemplateException.NotRendered wrong ->
                reply(BAD, new ErrorBody(false, message, message, RenderResult.failed(message)));
        };
    }

    @Override
    public String prefix() {
        return "/template";
    }

    @Override
    public Object body(Failure failure) {
        return ErrorBody.of(
                failure.kind() == Kind.INVALID_REQUEST ? ErrorBody.BAD_REQUEST : failure.message(), failure.message());
    }

    private static Response reply(int status, ErrorBody body) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.write(body))
                .build();
    }
}
