package io.taskhub.worker.net;

/** The host has an address that may not be reached. */
public final class AddressRefusedException extends FetchRefusedException {
    public AddressRefusedException(String host) {
        super("private address refused: " + host);
    }
}
