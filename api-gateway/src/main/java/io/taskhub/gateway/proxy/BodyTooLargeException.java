package io.taskhub.gateway.proxy;

/** A body without a stated length grew beyond its route's limit. HTTP: 413. */
final class BodyTooLargeException extends RuntimeException {
    BodyTooLargeException(int limit) {
        super("body larger than " + limit + " bytes", null, false, false);
    }
}
