package io.taskhub.cron.api;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The error body of TaskHub's cron endpoints (decisions §1): the message twice, because clients read either. */
@JsonPropertyOrder({"ok", "error", "message"})
public record ErrorBody(boolean ok, String error, String message) {

    public static Response of(int status, String message) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(new ErrorBody(false, message, message))
                .build();
    }
}
