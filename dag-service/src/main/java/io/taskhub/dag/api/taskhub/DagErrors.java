package io.taskhub.dag.api.taskhub;

import io.taskhub.dag.api.Envelope;
import io.taskhub.dag.api.ErrorVoice;
import io.taskhub.dag.api.Failure;
import io.taskhub.dag.api.Failure.Kind;
import io.taskhub.dag.api.JsonBody;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as {@code {"code","message","data":null}}: the HTTP status as code where the contract has none of its own. */
@Singleton
public class DagErrors implements ErrorVoice {

    @ServerExceptionMapper
    Response of(DagError error) {
        return Response.status(error.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.write(Envelope.error(error.code(), String.valueOf(error.getMessage()))))
                .build();
    }

    @Override
    public String prefix() {
        return "/api/dag";
    }

    @Override
    public Object body(Failure failure) {
        Kind kind = failure.kind();
        int code = kind == Kind.INVALID_REQUEST ? DagError.INVALID_JSON : kind.status();
        return Envelope.error(code, failure.message());
    }
}
