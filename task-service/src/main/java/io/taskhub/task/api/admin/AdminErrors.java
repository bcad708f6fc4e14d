package io.taskhub.task.api.admin;

import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.JsonBody;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Errors as {@code {"ok":false,"error":{"code","message"}}}, in the words that the gateway uses for the same reasons. */
@Singleton
public class AdminErrors implements ErrorVoice {

    /** How every error of the dialect looks. */
    public record Body(boolean ok, Reason error) {}

    /** {@code code} is stable, {@code message} for people. */
    public record Reason(String code, String message) {}

    @Override
    public String prefix() {
        return "/api/admin";
    }

    @Override
    public Object body(Failure failure) {
        return new Body(false, new Reason(code(failure.kind()), failure.message()));
    }

    /** The body of a 400 as JSON. */
    static String badRequest(String message) {
        return JsonBody.write(new Body(false, new Reason(code(Failure.Kind.INVALID_REQUEST), message)));
    }

    private static String code(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> "bad_request";
            case FORBIDDEN -> "forbidden_admin_only";
            case CONFLICT -> "invalid_task_state";
            case REQUEST_TOO_LARGE -> "payload_too_large";
            case TOO_MANY_REQUESTS -> "rate_limited";
            case UNAVAILABLE -> "service_unavailable";
            case UNAUTHORIZED,
                    NOT_FOUND,
                    METHOD_NOT_ALLOWED,
                    NOT_ACCEPTABLE,
                    UNSUPPORTED_MEDIA_TYPE,
                    IDEMPOTENCY_KEY_REUSED,
                    INTERNAL_ERROR -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
