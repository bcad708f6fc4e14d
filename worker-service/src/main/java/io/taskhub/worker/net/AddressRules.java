package io.taskhub.worker.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Resolves hosts and refuses those that are not of the public internet. Whoever connects dials an address that {@link #resolve}
 * gave and never the name again: a second look at the DNS could get another answer.
 */
public final class AddressRules {
    private final boolean allowPrivate;
    private final Resolver resolver;

    /** Asks the DNS. Tests have their own. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    public AddressRules(boolean allowPrivate) {
        this(allowPrivate, InetAddress::getAllByName);
    }

    public AddressRules(boolean allowPrivate, Resolver resolver) {
        this.allowPrivate = allowPrivate;
        this.resolver = resolver;
    }

    /**
     * All addresses of a host name or literal, at least one.
     *
     * @throws AddressRefusedException when any of them is not public and that is not allowed
     * @throws UnknownHostException when there is none
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException, AddressRefusedException {
        List<InetAddress> addresses = List.of(resolver.resolve(host));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (!allowPrivate && !addresses.stream().allMatch(PublicAddresses::contain)) {
            throw new AddressRefusedException(host);
        }
        return addresses;
    }
}
