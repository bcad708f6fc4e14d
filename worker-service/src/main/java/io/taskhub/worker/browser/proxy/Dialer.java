package io.taskhub.worker.browser.proxy;

import io.taskhub.worker.net.AddressRefusedException;
import io.taskhub.worker.net.AddressRules;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Connects to an address that the rules let pass, and to no other.
 *
 * @param connector tests lead public addresses to their own servers
 */
public record Dialer(AddressRules rules, Connector connector) {
    private static final int MOST_ADDRESSES = 4;

    /** For all addresses of a host together. */
    private static final long CONNECT_MS = 10_000;

    /** Mail, where a page's request could become a message, and stores of data, which pages have no business with. */
    private static final Set<Integer> REFUSED_PORTS = Set.of(
            22, 23, 25, 110, 143, 389, 465, 587, 636, 993, 995, 1433, 1521, 2181, 3306, 5432, 6379, 9042, 9092, 11211,
            27017);

    /** Opens a connection. */
    @FunctionalInterface
    public interface Connector {
        void connect(Socket socket, InetSocketAddress address, int timeoutMs) throws IOException;
    }

    public Dialer(AddressRules rules) {
        this(rules, Socket::connect);
    }

    /** Is told of every socket before it connects, to close it at any time. */
    @FunctionalInterface
    interface Keeper {
        void keep(Socket socket) throws IOException;
    }

    /**
     * The addresses that may be dialled for it.
     *
     * @throws AddressRefusedException when the host or the port is not one for pages
     */
    List<InetAddress> resolve(Target target) throws IOException {
        if (REFUSED_PORTS.contains(target.port())) {
            throw new AddressRefusedException(target.server());
        }
        return rules.resolve(target.host()).stream().limit(MOST_ADDRESSES).toList();
    }

    /** Connects to the first address that answers; each has an equal share of the time that is left. */
    Socket dial(List<InetAddress> addresses, int port, Keeper keeper) throws IOException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CONNECT_MS);
        IOException last = new ConnectException("no address");
        for (int index = 0; index < addresses.size(); index++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            int share = (int) Math.max(1, left / (addresses.size() - index));
            Socket socket = new Socket();
            try {
                keeper.keep(socket);
                connector.connect(socket, new InetSocketAddress(addresses.get(index), port), share);
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException e) {
                socket.close();
                last = e;
            }
        }
        throw last;
    }
}
