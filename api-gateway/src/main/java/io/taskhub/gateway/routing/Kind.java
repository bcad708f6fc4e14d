package io.taskhub.gateway.routing;

/** How long the answer of a route takes. */
public enum Kind {
    /** A request and its answer; silence longer than the row's timeout ends it. */
    EXCHANGE,
    /** An answer without end (SSE), on a client of its own and without a timeout; may also be upgraded to a WebSocket. */
    STREAM,
    /** Only the upgrade to a WebSocket; credentials may come in the first message, where the service checks them. */
    WEBSOCKET
}
