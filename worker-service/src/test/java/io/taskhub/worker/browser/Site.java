package io.taskhub.worker.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.worker.browser.proxy.Dialer;
import io.taskhub.worker.net.AddressRules;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/**
 * A web site on loopback that stands in for the public one {@code http://shop.example}. {@code inner.example} has a private address,
 * and no other name exists.
 */
final class Site implements AutoCloseable {
    private static final String PUBLIC = "93.184.216.34";

    private final HttpServer server;
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final List<String> hits = new CopyOnWriteArrayList<>();

    Site() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    Site page(String path, String html) {
        pages.put(path, html);
        return this;
    }

    /** Requests so far: the host and port asked for, and the path with its query. */
    List<String> hits() {
        return hits;
    }

    Dialer dialer() {
        return new Dialer(new AddressRules(false, Site::resolve), this::connect);
    }

    private static InetAddress[] resolve(String host) throws UnknownHostException {
        return switch (host) {
            case "shop.example" -> new InetAddress[] {InetAddress.getByName(PUBLIC)};
            case "inner.example" -> new InetAddress[] {InetAddress.getByName("10.0.0.5")};
            case "localhost", "127.0.0.1", "::1" -> new InetAddress[] {InetAddress.getByName(host)};
            default -> throw new UnknownHostException(host);
        };
    }

    private void connect(Socket socket, InetSocketAddress address, int timeoutMs) throws IOException {
        if (!address.getAddress().getHostAddress().equals(PUBLIC)) {
            throw new IOException("no route in a test to " + address);
        }
        socket.connect(server.getAddress(), timeoutMs);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            hits.add(exchange.getRequestHeaders().getFirst("Host") + " " + exchange.getRequestURI());
            exchange.getRequestBody().readAllBytes();
            if (path.startsWith("/to/")) {
                exchange.getResponseHeaders()
                        .set("Location", exchange.getRequestURI().getQuery());
                exchange.sendResponseHeaders(302, -1);
                return;
            }
            String html = pages.get(path);
            byte[] body = (html == null ? "not here" : html).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Access-Control-Allow-Origin", "*");
            exchange.sendResponseHeaders(html == null ? 404 : 200, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
