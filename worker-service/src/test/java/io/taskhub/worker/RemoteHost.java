package io.taskhub.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A worker as somebody else would write it: a small HTTP server that answers what it is told to. */
public final class RemoteHost implements AutoCloseable {
    /** A request as it came. */
    public record Call(String path, Headers headers, JsonNode body) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final String answer;
    private final CountDownLatch held;
    private final List<Call> calls = new CopyOnWriteArrayList<>();

    private RemoteHost(String answer, boolean hold) throws IOException {
        this.answer = answer;
        this.held = new CountDownLatch(hold ? 1 : 0);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    /** Empty = hang up without an answer. */
    public static RemoteHost answering(String json) throws IOException {
        return new RemoteHost(json, false);
    }

    /** Answers nothing until it is closed. */
    public static RemoteHost holding() throws IOException {
        return new RemoteHost("", true);
    }

    public int port() {
        return server.getAddress().getPort();
    }

    public List<Call> calls(String path) {
        return calls.stream().filter(call -> call.path().equals(path)).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            calls.add(new Call(path, exchange.getRequestHeaders(), JSON.readTree(exchange.getRequestBody())));
            if (path.endsWith("/execute")) {
                held.await();
            }
            if (!answer.isEmpty()) {
                byte[] body = answer.getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        held.countDown();
        server.stop(0);
    }
}
