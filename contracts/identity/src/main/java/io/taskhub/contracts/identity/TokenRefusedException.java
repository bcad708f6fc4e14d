package io.taskhub.contracts.identity;

/** The token is not one that we accept: unreadable, expired, signed by nobody we know, or not for this suite. HTTP: 401. */
public final class TokenRefusedException extends RuntimeException {
    TokenRefusedException(String message, Throwable cause) {
        super(message, cause);
    }

    TokenRefusedException(String message) {
        super(message);
    }
}
