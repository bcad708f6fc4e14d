package io.taskhub.task.api.taskhub;

import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Failure.Kind;
import io.taskhub.task.api.JsonBody;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as {@code {"code","message","data":null}}: the HTTP status as code where the contract has none of its own. */
@Singleton
public class TaskHubErrors implements ErrorVoice {

    @ServerExceptionMapper
    Response of(TaskHubError error) {
        return Response.status(error.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.write(error.envelope()))
                .build();
    }

    @Override
    public String prefix() {
        return "/api/tasks";
    }

    @Override
    public Object body(Failure failure) {
        Kind kind = failure.kind();
        int code = kind == Kind.INVALID_REQUEST ? TaskHubError.INVALID_JSON : kind.status();
        return Envelope.error(code, failure.message());
    }
}
