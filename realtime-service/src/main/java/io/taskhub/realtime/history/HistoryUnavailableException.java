package io.taskhub.realtime.history;

/** A service gave no usable answer; asking again later may help. */
public final class HistoryUnavailableException extends RuntimeException {
    HistoryUnavailableException(String message) {
        super(message);
    }

    HistoryUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
