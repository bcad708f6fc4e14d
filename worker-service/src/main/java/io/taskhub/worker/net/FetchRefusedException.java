package io.taskhub.worker.net;

import java.io.IOException;

/** A fetch that would fail the same way again: an address that is not allowed, a page that is not there, one that is too large. */
public sealed class FetchRefusedException extends IOException permits AddressRefusedException {
    public FetchRefusedException(String message) {
        super(message);
    }
}
