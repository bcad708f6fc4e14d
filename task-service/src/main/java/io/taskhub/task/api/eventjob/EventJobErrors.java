package io.taskhub.task.api.eventjob;

import io.taskhub.task.api.ErrorVoice;
import io.taskhub.task.api.Failure;
import jakarta.inject.Singleton;
import java.util.Locale;

/** Errors as {@code {"status":"error","message","error_type"}}; the words are the gateway's for the same cases. */
@Singleton
public class EventJobErrors implements ErrorVoice {

    /** The body of an error. */
    public record Body(String status, String message, String error_type) {
        static Body of(Failure failure) {
            return new Body("error", failure.message(), word(failure.kind()));
        }
    }

    @Override
    public String prefix() {
        return "/api/event-job";
    }

    @Override
    public Object body(Failure failure) {
        return Body.of(failure);
    }

    private static String word(Failure.Kind kind) {
        return switch (kind) {
            case INVALID_REQUEST -> "bad_request";
            case REQUEST_TOO_LARGE -> "payload_too_large";
            case TOO_MANY_REQUESTS -> "rate_limited";
            case UNAVAILABLE -> "service_unavailable";
            default -> kind.name().toLowerCase(Locale.ROOT);
        };
    }
}
