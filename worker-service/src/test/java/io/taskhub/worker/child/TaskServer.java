package io.taskhub.worker.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.TaskState;
import io.taskhub.worker.executor.Ended;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The other end of {@code /internal/tasks}: it runs what is ordered, four at a time, and can be told to misbehave. */
public final class TaskServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    public final Map<String, TaskOrder> orders = new ConcurrentHashMap<>();
    public final List<TaskId> cancelled = new CopyOnWriteArrayList<>();
    public final Set<TaskId> gone = ConcurrentHashMap.newKeySet();
    public final AtomicInteger answersToLose = new AtomicInteger();
    public final AtomicInteger questions = new AtomicInteger();
    private final Map<TaskId, TaskOutcome> outcomes = new ConcurrentHashMap<>();
    private final Semaphore places = new Semaphore(4);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Function<TaskOrder, Ended> worker;
    private final HttpServer server;

    public TaskServer(Function<TaskOrder, Ended> worker) {
        this.worker = worker;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        server.setExecutor(threads);
        server.createContext("/internal/tasks", this::order);
        server.createContext("/internal/tasks/outcomes", this::outcomes);
        server.createContext("/internal/tasks/cancel", this::cancel);
        server.start();
    }

    public ChildTasks client() {
        return new ChildTasks(
                List.of(
                        URI.create("http://127.0.0.1:1"),
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort())),
                () -> "token",
                JSON);
    }

    private void order(HttpExchange exchange) throws IOException {
        TaskOrder.Batch batch = JSON.readValue(exchange.getRequestBody(), TaskOrder.Batch.class);
        List<TaskOrder.Receipt> receipts = new ArrayList<>();
        for (TaskOrder order : batch.orders()) {
            if (order.payload().contains("refuse me")) {
                receipts.add(new TaskOrder.Receipt(order.key(), null, "refused"));
                continue;
            }
            if (orders.putIfAbsent(order.key(), order) == null) {
                put(order, TaskState.PENDING, null);
                threads.execute(() -> run(order));
            }
            receipts.add(
                    new TaskOrder.Receipt(order.key(), orders.get(order.key()).task(), null));
        }
        reply(exchange, new TaskOrder.Reply(receipts));
    }

    private void run(TaskOrder order) {
        try {
            places.acquire();
            put(order, TaskState.ACTIVE, null);
            Ended ended = worker.apply(order);
            put(order, ended.message().isEmpty() ? TaskState.COMPLETED : TaskState.ARCHIVED, ended);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            places.release();
        }
    }

    private void put(TaskOrder order, TaskState state, @Nullable Ended ended) {
        String message = ended == null ? "" : ended.message();
        String data = ended == null ? null : ended.data();
        outcomes.compute(
                order.task(),
                (id, before) -> before != null && before.state().isFinal()
                        ? before
                        : new TaskOutcome(id, state, false, 0, "", "", message, data, 1, 2, null, null));
    }

    private void outcomes(HttpExchange exchange) throws IOException {
        questions.incrementAndGet();
        TaskOutcome.Query query = JSON.readValue(exchange.getRequestBody(), TaskOutcome.Query.class);
        reply(
                exchange,
                new TaskOutcome.Reply(
                        query.tasks().stream()
                                .filter(id -> !gone.contains(id))
                                .map(outcomes::get)
                                .toList(),
                        query.tasks().stream().filter(gone::contains).toList()));
    }

    private void cancel(HttpExchange exchange) throws IOException {
        TaskOrder.Cancel cancel = JSON.readValue(exchange.getRequestBody(), TaskOrder.Cancel.class);
        cancelled.addAll(cancel.tasks());
        exchange.sendResponseHeaders(204, -1);
        exchange.close();
    }

    private void reply(HttpExchange exchange, Object body) throws IOException {
        try (exchange) {
            if (answersToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            byte[] json = JSON.writeValueAsBytes(body);
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
