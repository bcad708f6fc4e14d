package io.taskhub.worker.executor;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

/**
 * Keeps HTTP tasks out of the inner network where that is wanted ({@code taskhub.worker.http.block-private}). The JVM keeps
 * a name's addresses for seconds after this look, so the request that follows goes where the check looked.
 */
final class PrivateAddresses {
    private static final int UNIQUE_LOCAL_MASK = 0xFE;
    private static final int UNIQUE_LOCAL = 0xFC;
    private static final int SHARED_FIRST = 100;

    private final boolean blocked;

    PrivateAddresses(boolean blocked) {
        this.blocked = blocked;
    }

    /** Refuses a host that has any private, loopback, link-local or multicast address. */
    void check(URI uri) throws IOException {
        if (!blocked) {
            return;
        }
        for (InetAddress address : InetAddress.getAllByName(uri.getHost())) {
            if (isPrivate(address)) {
                throw new InvalidPayloadException("private address refused: " + uri.getHost());
            }
        }
    }

    static boolean isPrivate(InetAddress address) {
        byte[] bytes = address.getAddress();
        boolean uniqueLocal = address instanceof Inet6Address && (bytes[0] & UNIQUE_LOCAL_MASK) == UNIQUE_LOCAL;
        boolean shared = bytes.length == 4 && bytes[0] == SHARED_FIRST && (bytes[1] & 0xC0) == 64;
        boolean zero = bytes.length == 4 && bytes[0] == 0;
        return uniqueLocal
                || shared
                || zero
                || address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress();
    }
}
