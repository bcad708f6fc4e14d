package io.taskhub.dag.api.template;

/** A request that the dialect refuses with 400, in the contract's words; {@code message} says what exactly is wrong. */
final class RequestRefused extends RuntimeException {
    private final String error;

    private RequestRefused(String error, String message) {
        super(message, null, false, false);
        this.error = error;
    }

    static RequestRefused badRequest(String message) {
        return new RequestRefused(ErrorBody.BAD_REQUEST, message);
    }

    static RequestRefused missing(String field) {
        return new RequestRefused(ErrorBody.MISSING_FIELDS, ErrorBody.MISSING_FIELDS + ": " + field);
    }

    /** Where the contract has no words of its own. */
    static RequestRefused because(String why) {
        return new RequestRefused(why, why);
    }

    ErrorBody body() {
        return ErrorBody.of(error, String.valueOf(getMessage()));
    }
}
