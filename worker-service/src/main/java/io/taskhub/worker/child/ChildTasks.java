package io.taskhub.worker.child;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
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
import java.util.Set;
import java.util.function.Supplier;

/** What {@code /internal/tasks/**} of task-service offers to a run that has work for others. Each list has at most 1,000 entries. */
@Singleton
public final class ChildTasks {
    private static final Duration ANSWER = Duration.ofSeconds(20);
    private static final int CLIENT_ERROR = 4;

    /** Keys change, and crowds pass: 401, 403, 408, 429. */
    private static final Set<Integer> PASSING = Set.of(401, 403, 408, 429);

    private final PeerClient taskService;
    private final ObjectMapper json;

    /** task-service answered that it will not do it: repeating the request does not help. */
    static final class RefusedException extends IOException {
        RefusedException(String message) {
            super(message);
        }
    }

    @Inject
    public ChildTasks(WorkerConfig config, ServiceToken token, ObjectMapper json) {
        this(config.taskServiceUrls(), token::current, json);
    }

    public ChildTasks(List<URI> urls, Supplier<String> token, ObjectMapper json) {
        this.taskService = new PeerClient("task-service", urls, token);
        this.json = json;
    }

    /** Creates what is not there yet; in the orders' order. */
    List<TaskOrder.Receipt> order(List<TaskOrder> orders) throws IOException, InterruptedException {
        byte[] answer = post("", new TaskOrder.Batch(orders));
        List<TaskOrder.Receipt> receipts =
                json.readValue(answer, TaskOrder.Reply.class).receipts();
        if (receipts.size() != orders.size()) {
            throw new RefusedException("task-service has lost a receipt");
        }
        return receipts;
    }

    /** Those that are in neither list of the answer are to be asked for again. */
    TaskOutcome.Reply outcomes(List<TaskId> tasks) throws IOException, InterruptedException {
        return json.readValue(post("/outcomes", new TaskOutcome.Query(tasks)), TaskOutcome.Reply.class);
    }

    /** Those that have ended or do not exist are left alone. */
    void cancel(List<TaskId> tasks, String reason) throws IOException, InterruptedException {
        post("/cancel", new TaskOrder.Cancel(tasks, reason));
    }

    private byte[] post(String path, Object body) throws IOException, InterruptedException {
        PeerClient.Reply reply = taskService.post("/internal/tasks" + path, json.writeValueAsBytes(body), ANSWER);
        if (reply.isSuccess()) {
            return reply.body();
        }
        String message = "task-service answered %d to /internal/tasks%s".formatted(reply.status(), path);
        boolean refused = reply.status() / 100 == CLIENT_ERROR && !PASSING.contains(reply.status());
        throw refused ? new RefusedException(message) : new IOException(message);
    }

    @PreDestroy
    public void close() {
        taskService.close();
    }
}
