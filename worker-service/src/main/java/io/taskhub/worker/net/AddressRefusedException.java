package io.taskhub.worker.net;

import java.io.IOException;

/** The host has an address that may not be reached. */
public final class AddressRefusedException extends IOException {
    public AddressRefusedException(String host) {
        super("private address refused: " + host);
    }
}
