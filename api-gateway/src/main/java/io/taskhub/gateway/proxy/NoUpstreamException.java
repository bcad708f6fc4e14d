package io.taskhub.gateway.proxy;

/** No replica of the service took the connection, so the request was not sent anywhere. HTTP: 503. */
final class NoUpstreamException extends RuntimeException {
    NoUpstreamException(String service) {
        super("no replica of " + service + " answers", null, false, false);
    }
}
