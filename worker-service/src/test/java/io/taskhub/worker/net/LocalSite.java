package io.taskhub.worker.net;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;

/** A web site on loopback, with the pages that a test gives it. */
public final class LocalSite implements AutoCloseable {
    /** Answers one request. */
    @FunctionalInterface
    public interface Page {
        void answer(HttpExchange exchange) throws IOException;
    }

    /** One that came. */
    public record Seen(String path, Map<String, List<String>> headers) {}

    private final HttpServer server;
    private final Map<String, Page> pages = new ConcurrentHashMap<>();
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    public LocalSite() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            seen.add(new Seen(path, Map.copyOf(exchange.getRequestHeaders())));
            pages.getOrDefault(path, page(404, "text/html", "not here")).answer(exchange);
        }
    }

    public LocalSite with(String path, Page page) {
        pages.put(path, page);
        return this;
    }

    public LocalSite with(String path, String type, byte[] content) {
        return with(path, page(200, type, content));
    }

    public LocalSite with(String path, String type, String content) {
        return with(path, page(200, type, content));
    }

    public static Page page(int status, String type, String content) {
        return page(status, type, content.getBytes(StandardCharsets.UTF_8));
    }

    public static Page page(int status, String type, byte[] content) {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.sendResponseHeaders(status, content.length == 0 ? -1 : content.length);
            exchange.getResponseBody().write(content);
        };
    }

    public static Page moved(String location) {
        return exchange -> {
            exchange.getResponseHeaders().add("Location", location);
            exchange.sendResponseHeaders(302, -1);
        };
    }

    /** {@code mebibytes} of blanks that travel as a few kilobytes. */
    public static Page bomb(int mebibytes) {
        return exchange -> {
            ByteArrayOutputStream packed = new ByteArrayOutputStream();
            try (GZIPOutputStream zip = new GZIPOutputStream(packed)) {
                byte[] blanks = new byte[1 << 20];
                for (int i = 0; i < mebibytes; i++) {
                    zip.write(blanks);
                }
            }
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.getResponseHeaders().add("Content-Encoding", "gzip");
            exchange.sendResponseHeaders(200, packed.size());
            exchange.getResponseBody().write(packed.toByteArray());
        };
    }

    /** A body without a declared length, as long as anybody reads it. */
    public static Page endless() {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            byte[] some = "<p>more</p>".repeat(10_000).getBytes(StandardCharsets.UTF_8);
            while (true) {
                exchange.getResponseBody().write(some);
            }
        };
    }

    /** Says nothing until the site is closed. */
    public Page silent() {
        return exchange -> hold();
    }

    /** The head and a first word, and then nothing more. */
    public Page stuck() {
        return exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('<');
            exchange.getResponseBody().flush();
            hold();
        };
    }

    private void hold() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public String url(String path) {
        return "http://127.0.0.1:" + port() + path;
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Seen> seen() {
        return seen;
    }

    public List<String> paths() {
        return seen.stream().map(Seen::path).toList();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }
}
