package io.taskhub.worker.browser.proxy;

import io.taskhub.worker.net.AddressRefusedException;
import io.taskhub.worker.net.AddressRules;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Set;

/**
 * Connects to an address that the rules let pass, and to no other.
 *
 * @param connector tests lead public addresses to their own servers
 */
public record Dialer(AddressRules rules, Connector connector) {
    private static final int CONNECT_MS = 10_000;

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

    /** @throws AddressRefusedException when the host or the port is not one for pages */
    Socket dial(String host, int port) throws IOException {
        if (REFUSED_PORTS.contains(port)) {
            throw new AddressRefusedException(host + ":" + port);
        }
        IOException last = new ConnectException("no address");
        for (InetAddress address : rules.resolve(host)) {
            Socket socket = new Socket();
            try {
                connector.connect(socket, new InetSocketAddress(address, port), CONNECT_MS);
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
