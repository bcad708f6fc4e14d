package io.taskhub.worker.browser.proxy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * An HTTP proxy for one task: on loopback, with credentials that only its browser has. It resolves every host itself, so that the
 * browser needs no DNS and cannot reach what {@link Dialer} refuses, and it ends with its task.
 */
public final class CheckingProxy implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 256;
    private static final int MOST_TROUBLES = 200;
    private static final int MOST_TOLD = 50;
    private static final int LOOK_UPS = 4;
    private static final long LOOK_UP_SECONDS = 10;
    private static final long PAUSE_MS = 100;
    private static final int SECRET_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** A field of the answers that are the proxy's own and no site's, which says why; 403 = refused. Never passed on from a site. */
    public static final String OWN_ANSWER = "taskhub-proxy";

    /** Why a server could not be had. */
    public record Trouble(boolean refused, String reason) {}

    private final ServerSocket server;
    private final Dialer dialer;
    private final Consumer<String> refusals;
    private final String user = secret();
    private final String password = secret();
    private final Semaphore places = new Semaphore(MOST_CONNECTIONS);
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, Trouble> troubles = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();

    /** One page's names must not keep all threads of the resolver busy. */
    private final Semaphore lookUps = new Semaphore(LOOK_UPS, true);

    private volatile boolean closed;

    private CheckingProxy(ServerSocket server, Dialer dialer, Consumer<String> refusals) {
        this.server = server;
        this.dialer = dialer;
        this.refusals = refusals;
    }

    /** @param refusals is told once of what is refused, on any thread, and not without end */
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

    /** What went wrong with the server of this page, if it could not be had the last time that it was dialled. */
    public Optional<Trouble> trouble(String url) {
        return Target.ofPage(url).map(target -> troubles.get(target.server()));
    }

    private void accept() {
        while (!closed) {
            try {
                places.acquire();
                acceptOne();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void acceptOne() throws InterruptedException {
        try {
            Socket client = server.accept();
            Thread.startVirtualThread(() -> serve(client));
        } catch (IOException e) {
            places.release();
            // Perhaps the process has no descriptor left: to try again at once would only keep a processor busy.
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
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
        Socket socket = dialer.dial(resolve(target), target.port(), this::opened);
        troubles.remove(target.server());
        return socket;
    }

    private List<InetAddress> resolve(Target target) throws IOException {
        try {
            if (!lookUps.tryAcquire(LOOK_UP_SECONDS, TimeUnit.SECONDS)) {
                throw new UnknownHostException(target.host());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted", e);
        }
        try {
            if (closed) {
                throw new SocketException("closed");
            }
            return dialer.resolve(target);
        } finally {
            lookUps.release();
        }
    }

    synchronized void failed(Target target, boolean refused, String reason) {
        if (troubles.containsKey(target.server()) || troubles.size() < MOST_TROUBLES) {
            troubles.put(target.server(), new Trouble(refused, reason));
        }
        if (refused && told.size() < MOST_TOLD && told.add(reason)) {
            refusals.accept(told.size() < MOST_TOLD ? reason : "further refusals are left out");
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
