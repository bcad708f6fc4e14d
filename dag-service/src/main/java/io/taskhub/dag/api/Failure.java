package io.taskhub.dag.api;

import java.util.Arrays;

/**
 * A request that failed outside a dialect's own rules: before its resource was reached, or for a reason that every dialect has.
 *
 * @param retryAfterSeconds 0 = say nothing of it
 */
public record Failure(Kind kind, String message, int retryAfterSeconds) {

    /** What went wrong, with its HTTP status. The names are stable: some dialects show them as codes. */
    public enum Kind {
        INVALID_REQUEST(400),
        UNAUTHORIZED(401),
        FORBIDDEN(403),
        NOT_FOUND(404),
        METHOD_NOT_ALLOWED(405),
        NOT_ACCEPTABLE(406),
        CONFLICT(409),
        REQUEST_TOO_LARGE(413),
        UNSUPPORTED_MEDIA_TYPE(415),
        TOO_MANY_REQUESTS(429),
        INTERNAL_ERROR(500),
        UNAVAILABLE(503);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }

        /** The kind of an HTTP status; one that has none is the client's or our fault in general. */
        public static Kind of(int status) {
            return Arrays.stream(values())
                    .filter(kind -> kind.status == status)
                    .findFirst()
                    .orElse(status < 500 ? INVALID_REQUEST : INTERNAL_ERROR);
        }
    }

    public Failure(Kind kind, String message) {
        this(kind, message, 0);
    }

    /** Carries a failure out of a resource to {@link FailureMapper}. */
    public static final class Thrown extends RuntimeException {
        private final Failure failure;

        public Thrown(Kind kind, String message) {
            super(message, null, false, false);
            this.failure = new Failure(kind, message);
        }

        public Failure failure() {
            return failure;
        }
    }
}
