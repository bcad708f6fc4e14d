package io.taskhub.worker.lease;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The other end of the lease API, to be told what to hand out and when to misbehave. It keeps everything it was told. */
final class LeaseServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final BlockingQueue<Lease> queue = new LinkedBlockingQueue<>();
    private final Map<UUID, Lease.Batch> answered = new ConcurrentHashMap<>();
    final List<Lease.ClaimRequest> claims = new CopyOnWriteArrayList<>();
    final List<Lease.Heartbeat> heartbeats = new CopyOnWriteArrayList<>();
    final List<List<Report>> reports = new CopyOnWriteArrayList<>();
    final Set<Lease.Claim> cancels = ConcurrentHashMap.newKeySet();
    final Set<Lease.Claim> lost = ConcurrentHashMap.newKeySet();
    final Set<TaskId> poison = ConcurrentHashMap.newKeySet();
    final AtomicInteger answersToLose = new AtomicInteger();
    final AtomicInteger reportsToFail = new AtomicInteger();
    final AtomicInteger left = new AtomicInteger();

    LeaseServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/leases/claim", this::claim);
        server.createContext("/internal/leases/heartbeat", this::heartbeat);
        server.createContext("/internal/leases/report", this::report);
        server.createContext("/internal/leases/leave", exchange -> {
            left.incrementAndGet();
            reply(exchange, 204, null);
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    Lease put(String type, String payload) {
        Lease lease =
                new Lease(TaskId.next(), 1, "1", null, null, Origin.V1, 1, 1, 4, "default", type, payload, 0, null);
        queue.add(lease);
        return lease;
    }

    List<Report> reported() {
        return reports.stream().flatMap(Collection::stream).toList();
    }

    List<Report.Result> results() {
        return reported().stream()
                .filter(Report.Result.class::isInstance)
                .map(Report.Result.class::cast)
                .toList();
    }

    private void claim(HttpExchange exchange) throws IOException {
        Lease.ClaimRequest request = JSON.readValue(exchange.getRequestBody(), Lease.ClaimRequest.class);
        claims.add(request);
        Lease.Batch batch = request.repeated() ? answered.get(request.request()) : null;
        if (batch == null) {
            batch = new Lease.Batch(request.max() > 0 ? take(request) : listen(request), List.copyOf(cancels));
            answered.put(request.request(), batch);
        }
        if (!batch.leases().isEmpty() && answersToLose.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            exchange.close();
            return;
        }
        reply(exchange, 200, batch);
    }

    private List<Lease> take(Lease.ClaimRequest request) {
        List<Lease> leases = new ArrayList<>();
        try {
            Lease first = queue.poll(Math.min(request.wait_ms(), 500), TimeUnit.MILLISECONDS);
            if (first != null) {
                leases.add(first);
                queue.drainTo(leases, request.max() - 1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return leases;
    }

    private List<Lease> listen(Lease.ClaimRequest request) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Math.min(request.wait_ms(), 500));
        while (cancels.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(5_000_000);
        }
        return List.of();
    }

    private void heartbeat(HttpExchange exchange) throws IOException {
        heartbeats.add(JSON.readValue(exchange.getRequestBody(), Lease.Heartbeat.class));
        reply(exchange, 200, new Lease.HeartbeatReply(List.copyOf(lost), List.copyOf(cancels)));
    }

    private void report(HttpExchange exchange) throws IOException {
        Lease.ReportBatch batch = JSON.readValue(exchange.getRequestBody(), new TypeReference<>() {});
        if (batch.reports().stream().anyMatch(report -> poison.contains(report.task()))) {
            reply(exchange, 400, Map.of());
        } else if (reportsToFail.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            reply(exchange, 503, Map.of());
        } else {
            reports.add(batch.reports());
            reply(exchange, 200, new Lease.ReportReply(List.of()));
        }
    }

    private static void reply(HttpExchange exchange, int status, @Nullable Object body) {
        try (exchange) {
            if (body == null) {
                exchange.sendResponseHeaders(status, -1);
                return;
            }
            byte[] json = JSON.writeValueAsBytes(body);
            exchange.sendResponseHeaders(status, json.length);
            exchange.getResponseBody().write(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
