package io.taskhub.task.api;

import jakarta.inject.Singleton;
import java.util.Locale;

/** RFC 9457 with a stable {@code code}, for every path that no dialect owns. */
@Singleton
public class ProblemVoice implements ErrorVoice {
    public static final String MEDIA_TYPE = "application/problem+json";

    /** {@code application/problem+json}; {@code type} is left at its default, "about:blank". */
    public record Problem(String title, int status, String detail, String code) {
        public static Problem of(Failure failure) {
            String name = failure.kind().name().toLowerCase(Locale.ROOT);
            return new Problem(name.replace('_', ' '), failure.kind().status(), failure.message(), name);
        }
    }

    @Override
    public String prefix() {
        return "/";
    }

    @Override
    public Object body(Failure failure) {
        return Problem.of(failure);
    }

    @Override
    public String mediaType() {
        return MEDIA_TYPE;
    }
}
