package io.taskhub.worker.browser.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * An HTTP proxy for one task: on loopback, with credentials that only its browser has. It resolves every host itself, so that the
 * browser needs no DNS and cannot reach what {@link Dialer} refuses, and it ends with its task.
 */
public final class CheckingProxy implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;
    private static final int MOST_TROUBLES = 200;
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Why a host could not be had. */
    public record Trouble(boolean refused, String reason) {}

    private final ServerSocket server;
    private final Dialer dialer;
    private final Consumer<String> refusals;
    private final String user = secret();
    private final String password = secret();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean closed;

    private CheckingProxy(ServerSocket server, Dialer dialer, Consumer<String> refusals) {
        this.server = server;
        this.dialer = dialer;
        this.refusals = refusals;
    }

    /** @param refusals is told the first time that a host is refused, on any thread */
    public static CheckingProxy start(Dialer dialer, Consumer<String> refusals) throws IOException {
        ServerSocket server = new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getLoopbackAddress());
        CheckingProxy proxy = new CheckingProxy(server, dialer, refusals);
        Thread.startVirtualThread(proxy::accept);
        return proxy;
    }

    public int port() {
        return server.getLocalPort();
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** What went wrong last with this host. */
    public Optional<Trouble> trouble(String host) {
        return Optional.ofNullable(troubles.get(host));
    }

    /** How many requests were refused so far. */
    public int refused() {
        return refused.get();
    }

    private void accept() {
        while (!closed) {
            try {
                places.acquire();
                Socket client = server.accept();
                Thread.startVirtualThread(() -> serve(client));
            } catch (IOException e) {
                places.release();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            opened(client);
            new ProxyExchange(this, client).run();
        } catch (IOException e) {
            // One of the two sides went away: pages do this all the time.
            return;
        } finally {
            sockets.remove(client);
            places.release();
        }
    }

    /** Keeps a socket for {@link #close}. */
    private void opened(Socket socket) throws IOException {
        sockets.removeIf(Socket::isClosed);
        sockets.add(socket);
        if (closed) {
            socket.close();
        }
    }

    Socket dial(Target target) throws IOException {
        Socket socket = dialer.dial(target.host(), target.port());
        opened(socket);
        return socket;
    }

    void failed(Target target, boolean wasRefused, String reason) {
        if (wasRefused) {
            refused.incrementAndGet();
        }
        boolean known = troubles.containsKey(target.host());
        if (known || troubles.size() < MOST_TROUBLES) {
            troubles.put(target.host(), new Trouble(wasRefused, reason));
        }
        if (wasRefused && !known) {
            refusals.accept(reason);
        }
    }

    /** What the browser must send as {@code Proxy-Authorization}. */
    String authorization() {
        byte[] credentials = (user + ":" + password).getBytes(StandardCharsets.US_ASCII);
        return "Basic " + Base64.getEncoder().encodeToString(credentials);
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    private static String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
