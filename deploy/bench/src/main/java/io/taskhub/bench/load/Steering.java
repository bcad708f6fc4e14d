package io.taskhub.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The calls that scenarios set the stage with, on connections apart from the load's. They block the calling thread. */
public final class Steering implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int LANES = 4;
    private static final int BATCH = 500;
    private static final long POLL_MS = 50;

    private final Vertx vertx;
    private final GatewayClient client;

    public Steering(Vertx vertx, URI origin, String token) {
        this.vertx = vertx;
        this.client = new GatewayClient(vertx, origin, token, 2 * LANES);
    }

    /** A token for the load, as in the contract's login. */
    public static String login(Vertx vertx, URI origin, String user, String password) throws InterruptedException {
        try (GatewayClient anonymous = new GatewayClient(vertx, origin, null, 1)) {
            Buffer body = new JsonObject()
                    .put("username", user)
                    .put("password", password)
                    .toBuffer();
            Reply reply = Await.result("login", anonymous.post("/api/login", body), PATIENCE)
                    .orThrow("login as " + user);
            return reply.object().getJsonObject("data").getString("token");
        }
    }

    public void pause(String queue) throws InterruptedException {
        post("/api/v1/queues/" + queue + ":pause", null);
    }

    public void resume(String queue) throws InterruptedException {
        post("/api/v1/queues/" + queue + ":resume", null);
    }

    /** The id of a new task. */
    public String create(JsonObject task) throws InterruptedException {
        return post("/api/v1/tasks", task.toBuffer()).object().getString("task_id");
    }

    public void cancel(String id) throws InterruptedException {
        post("/api/v1/tasks/" + id + "/cancel", null);
    }

    /** Creates {@code count} tasks that do nothing, in batches. */
    public void createNoops(String queue, int count) throws InterruptedException {
        Buffer batch = NoopTask.batch(queue, BATCH);
        int batches = Math.ceilDiv(count, BATCH);
        Outcome outcome = ClosedLoop.run(
                vertx,
                LANES,
                new ClosedLoop.Limit(batches, Duration.ofMinutes(3)),
                () -> client.post("/api/v1/tasks:batch", batch),
                Reply::complaint);
        if (outcome.accepted() != batches) {
            throw new IllegalStateException(
                    "of " + batches + " batches only " + outcome.accepted() + " were taken: " + outcome.failures());
        }
    }

    /** A v1 task with its additive {@code created_at} and {@code started_at}. */
    public Future<Reply> task(String id) {
        return client.get("/api/v1/tasks/" + id);
    }

    public QueueStats stats(String queue) throws InterruptedException {
        Reply reply = Await.result("queue stats", client.get("/api/v1/queues/stats?queue=" + queue), PATIENCE)
                .orThrow("queue stats");
        JsonArray rows = reply.array();
        return rows.isEmpty() ? new QueueStats(0, 0, 0, 0) : QueueStats.of(rows.getJsonObject(0));
    }

    /** How far a queue was, {@code nanos} after the watching began. */
    public record Sight(long nanos, QueueStats stats) {}

    /**
     * Looks every 50 ms until {@code count} tasks of the queue have ended or {@code atMost} has passed: the last sight tells
     * which.
     */
    public List<Sight> watchUntilEnded(String queue, long count, Duration atMost) throws InterruptedException {
        long begin = System.nanoTime();
        List<Sight> sights = new ArrayList<>();
        while (true) {
            QueueStats stats = stats(queue);
            long now = System.nanoTime() - begin;
            sights.add(new Sight(now, stats));
            if (stats.ended() >= count || now > atMost.toNanos()) {
                return sights;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private Reply post(String path, @Nullable Buffer body) throws InterruptedException {
        return Await.result("POST " + path, client.post(path, body), PATIENCE).orThrow("POST " + path);
    }

    @Override
    public void close() {
        client.close();
    }
}
