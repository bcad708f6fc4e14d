package io.taskhub.task.api.v1;

import io.taskhub.task.TaskException;
import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** Errors as {@code {"error","code","details"}}. */
@Singleton
public class V1Errors implements ErrorVoice {
    private static final Logger LOG = Logger.getLogger(V1Errors.class);

    @ServerExceptionMapper
    Response of(V1Error error) {
        return Response.status(error.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(JsonBody.write(error.body()))
                .build();
    }

    @Override
    public String prefix() {
        return "/api/v1";
    }

    @Override
    public Object body(Failure failure) {
        return new V1Error.Body(failure.message(), failure.kind().name(), Map.of());
    }

    /** Runs it; what the engine cannot do right now becomes a 500 with the endpoint's own code. */
    static <T> T orElse(String code, Supplier<T> action) {
        try {
            return action.get();
        } catch (V1Error | TaskException | Failure.Thrown e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.error(code, e);
            throw new V1Error(500, code, "the engine did not answer");
        }
    }
}
