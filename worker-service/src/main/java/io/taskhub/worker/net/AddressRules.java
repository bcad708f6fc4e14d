package io.taskhub.worker.net;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Resolves hosts and refuses those that are not of the public internet. Whoever connects dials an address that {@link #resolve}
 * gave and never the name again: a second look at the DNS could get another answer.
 */
@Singleton
public final class AddressRules {
    private static final Resolver SYSTEM = new SystemResolver();

    /** A host that ends in a number is an IPv4 address; only the usual spelling of one means the same to everybody. */
    private static final Pattern NUMBER = Pattern.compile("(?i)(?:[^:]*\\.)?(?:\\d+|0x[0-9a-f]*)\\.?");

    private static final Pattern DOTTED_DECIMAL = Pattern.compile("(?:(?:0|[1-9]\\d{0,2})\\.){3}(?:0|[1-9]\\d{0,2})");

    private final Predicate<InetAddress> allowed;
    private final Resolver resolver;

    /** Asks the DNS. Tests have their own. */
    @FunctionalInterface
    public interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }

    /** What the pages of clients may reach. */
    @Inject
    public AddressRules(FetchConfig config) {
        this(config.allowPrivate());
    }

    public AddressRules(boolean allowPrivate) {
        this(allowPrivate, SYSTEM);
    }

    public AddressRules(boolean allowPrivate, Resolver resolver) {
        this(allowPrivate ? any -> true : PublicAddresses::contain, resolver);
    }

    AddressRules(Predicate<InetAddress> allowed, Resolver resolver) {
        this.allowed = allowed;
        this.resolver = resolver;
    }

    /**
     * All addresses of a host name or literal, at least one.
     *
     * @throws AddressRefusedException when any of them is not public and that is not allowed, or when {@code 0177.1}, {@code 0x7f.1},
     *     {@code 2130706433} leave it to the reader which address they are
     * @throws UnknownHostException when there is none
     */
    public List<InetAddress> resolve(String host) throws UnknownHostException, AddressRefusedException {
        if (NUMBER.matcher(host).matches() && !DOTTED_DECIMAL.matcher(host).matches()) {
            throw new AddressRefusedException(host);
        }
        List<InetAddress> addresses = List.of(resolver.resolve(host));
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        if (!addresses.stream().allMatch(allowed)) {
            throw new AddressRefusedException(host);
        }
        return addresses;
    }
}
