package io.taskhub.realtime.socket;

import io.quarkus.websockets.next.CloseReason;

/** Why the server closes a socket (decisions §3). */
enum CloseCode {
    TOO_BIG(1009, "message too big"),
    BROKEN(1011, "internal error"),
    UNAUTHORIZED(4401, "unauthorized"),
    EXPIRED(4401, "token expired"),
    FORBIDDEN(4403, "role viewer required"),
    TOO_SLOW(4408, "reader too slow"),
    TOO_MANY_COMMANDS(4429, "rate limit exceeded");

    private final int code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = code;
        this.reason = reason;
    }

    CloseReason reason() {
        return new CloseReason(code, reason);
    }
}
