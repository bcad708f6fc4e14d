package io.taskhub.gateway.dialect;

import java.util.Locale;

/**
 * A request that ends at the gateway, and why.
 *
 * @param reason which of the few reasons
 * @param message one sentence for the caller
 */
public record Refusal(Reason reason, String message) {

    /** The reasons with their HTTP status. */
    public enum Reason {
        BAD_REQUEST(400, "Bad request"),
        UNAUTHORIZED(401, "Unauthorized"),
        FORBIDDEN(403, "Forbidden"),
        NOT_FOUND(404, "Not found"),
        METHOD_NOT_ALLOWED(405, "Method not allowed"),
        CONFLICT(409, "Conflict"),
        PAYLOAD_TOO_LARGE(413, "Payload too large"),
        UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
        UPGRADE_REQUIRED(426, "Upgrade required"),
        RATE_LIMITED(429, "Too many requests"),
        INTERNAL_ERROR(500, "Internal error"),
        BAD_GATEWAY(502, "Bad gateway"),
        SERVICE_UNAVAILABLE(503, "Service unavailable"),
        GATEWAY_TIMEOUT(504, "Gateway timeout");

        private final int status;
        private final String title;
        private final String word;

        Reason(int status, String title) {
            this.status = status;
            this.title = title;
            this.word = name().toLowerCase(Locale.ROOT);
        }

        public int status() {
            return status;
        }

        public String title() {
            return title;
        }

        /** The stable code in lower case, as in {@code not_found}; dialects with codes in capitals use {@link #name()}. */
        public String word() {
            return word;
        }
    }

    /** A refusal with the reason's own title as its message. */
    public static Refusal of(Reason reason) {
        return new Refusal(reason, reason.title());
    }

    public int status() {
        return reason.status();
    }
}
