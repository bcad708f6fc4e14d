package io.taskhub.worker.lease;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.worker.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** {@link LeaseApi} over HTTP. */
@Singleton
public final class LeaseClient implements LeaseApi, AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(4);
    private static final Duration REPORT_ANSWER = Duration.ofSeconds(10);
    private static final int TIMED_OUT = 408;
    private static final int TOO_MANY = 429;
    private static final int UNAUTHENTICATED = 401;
    private static final int FORBIDDEN = 403;

    private final PeerClient taskService;
    private final Session session;
    private final ObjectWriter writer;
    private final ObjectReader batch;
    private final ObjectReader heartbeatReply;
    private final ObjectReader reportReply;

    @Inject
    public LeaseClient(WorkerConfig config, ServiceToken token, Session session, ObjectMapper json) {
        this(config.taskServiceUrls(), token::current, session, json);
    }

    LeaseClient(List<URI> urls, Supplier<String> token, Session session, ObjectMapper json) {
        this.taskService = new PeerClient("task-service", urls, token);
        this.session = session;
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
        PeerClient.Reply reply = taskService.post("/internal/leases/" + verb, writer.writeValueAsBytes(body), timeout);
        if (reply.isSuccess()) {
            session.heard();
            return reply.body();
        }
        int status = reply.status();
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
        taskService.close();
    }
}
