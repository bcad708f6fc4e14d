package io.taskhub.realtime.socket;

/** Why the server closes a socket (decisions §3). */
enum CloseCode {
    TOO_BIG(1009, "message too big"),
    UNAUTHORIZED(4401, "unauthorized"),
    EXPIRED(4401, "token expired"),
    FORBIDDEN(4403, "role viewer required"),
    TOO_SLOW(4408, "reader too slow"),
    TOO_MANY_COMMANDS(4429, "rate limit exceeded");

    private final short code;
    private final String reason;

    CloseCode(int code, String reason) {
        this.code = (short) code;
        this.reason = reason;
    }

    short code() {
        return code;
    }

    String reason() {
        return reason;
    }
}
