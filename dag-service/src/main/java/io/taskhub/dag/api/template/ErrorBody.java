package io.taskhub.dag.api.template;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * {@code {"ok":false,"error":…}}.
 *
 * @param message additive: what exactly is wrong, where {@code error} is one of the contract's words
 * @param data only where a rendering failed
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ErrorBody(
        boolean ok, String error, String message, @Nullable Object data) {
    static final String BAD_REQUEST = "bad request";
    static final String MISSING_FIELDS = "missing required fields";

    static ErrorBody of(String error, String message) {
        return new ErrorBody(false, error, message, null);
    }
}
