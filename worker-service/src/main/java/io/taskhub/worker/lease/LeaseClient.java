package io.taskhub.worker.lease;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.worker.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@link LeaseApi} over HTTP. It stays with one replica of task-service while that answers; a refused connection is tried at
 * the next one at once, any other failure lets the next request go there.
 */
@Singleton
public final class LeaseClient implements LeaseApi, AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration REPORT_ANSWER = Duration.ofSeconds(10);
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final List<URI> urls;
    private final Supplier<String> token;
    private final Session session;
    private final AtomicInteger turn;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(threads)
            .build();
    private final ObjectWriter writer;
    private final ObjectReader batch;
    private final ObjectReader heartbeatReply;
    private final ObjectReader reportReply;

    @Inject
    public LeaseClient(WorkerConfig config, ServiceToken token, Session session, ObjectMapper json) {
        this(config.taskServiceUrls(), token::current, session, json);
    }

    LeaseClient(List<URI> urls, Supplier<String> token, Session session, ObjectMapper json) {
        this.urls = urls;
        this.token = token;
        this.session = session;
        this.turn = new AtomicInteger(ThreadLocalRandom.current().nextInt(urls.size()));
        this.writer = json.writer();
        this.batch = json.readerFor(Lease.Batch.class);
        this.heartbeatReply = json.readerFor(Lease.HeartbeatReply.class);
        this.reportReply = json.readerFor(Lease.ReportReply.class);
    }

    @Override
    public Lease.Batch claim(Lease.ClaimRequest request) throws IOException, InterruptedException {
        return batch.readValue(post("claim", request, ANSWER.plusMillis(request.wait_ms())));
    }

    @Override
    public Lease.HeartbeatReply heartbeat(Lease.Heartbeat heartbeat) throws IOException, InterruptedException {
        return heartbeatReply.readValue(post("heartbeat", heartbeat, ANSWER));
    }

    @Override
    public Lease.ReportReply report(Lease.ReportBatch reports) throws IOException, InterruptedException {
        return reportReply.readValue(post("report", reports, REPORT_ANSWER));
    }

    @Override
    public void leave(Lease.Leave leave) throws IOException, InterruptedException {
        post("leave", leave, ANSWER);
    }

    private byte[] post(String verb, Object body, Duration timeout) throws IOException, InterruptedException {
        byte[] json = writer.writeValueAsBytes(body);
        @Nullable IOException refused = null;
        for (int tries = 0; tries < urls.size(); tries++) {
            int chosen = turn.get();
            try {
                return send(urls.get(Math.floorMod(chosen, urls.size())), verb, json, timeout);
            } catch (ConnectException e) {
                refused = e;
                turn.compareAndSet(chosen, chosen + 1);
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                turn.compareAndSet(chosen, chosen + 1);
                throw e;
            }
        }
        throw new UnreachableException(refused == null ? new ConnectException("no replica is configured") : refused);
    }

    private byte[] send(URI base, String verb, byte[] json, Duration timeout) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(base.resolve("/internal/leases/" + verb))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + token.get())
                .POST(HttpRequest.BodyPublishers.ofByteArray(json))
                .build();
        HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
        int status = response.statusCode();
        if (status / 100 == 2) {
            session.heard();
            return response.body();
        }
        String message = "task-service answered " + status + " to " + verb;
        // A token or a limit is a matter of time; any other 4xx is about the request itself.
        boolean passing = status == UNAUTHENTICATED
                || status == FORBIDDEN
                || status == TIMED_OUT
                || status == TOO_MANY
                || status / 100 != 4;
        throw passing ? new IOException(message) : new RefusedException(status, message);
    }

    @PreDestroy
    @Override
    public void close() {
        http.shutdownNow();
        threads.shutdownNow();
    }
}
