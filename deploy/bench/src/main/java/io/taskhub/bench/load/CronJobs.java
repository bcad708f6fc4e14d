package io.taskhub.bench.load;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Cron jobs that each start a task which does nothing. Closing deletes them; their tasks and fires stay. */
public final class CronJobs implements AutoCloseable {
    private static final int LANES = 8;
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Vertx vertx;
    private final GatewayClient client;
    private final Tally wrong;
    private final List<String> ids = new ArrayList<>();

    /** @param wrong where jobs that cannot be created or deleted are told */
    public CronJobs(Vertx vertx, GatewayClient client, Tally wrong) {
        this.vertx = vertx;
        this.client = client;
        this.wrong = wrong;
    }

    /** @param spec five fields, UTC */
    public void create(int count, String spec, String queue) throws InterruptedException {
        Buffer body = new JsonObject()
                .put("name", queue)
                .put("spec", spec)
                .put("target_type", "SingleTask")
                .put(
                        "task",
                        new JsonObject()
                                .put("exec_type", "Local")
                                .put("exec_command", "noop")
                                .put("queue", queue))
                .toBuffer();
        each(count, () -> client.post("/api/cron/jobs", body), reply -> {
            String complaint = reply.complaint();
            if (complaint == null) {
                ids.add(reply.object().getString("job_id"));
            }
            return complaint;
        });
    }

    /** Of all jobs that could be created. */
    public List<String> ids() {
        return List.copyOf(ids);
    }

    /** The newest fires of a job. */
    public Future<Reply> fires(String job) {
        return client.get("/api/cron/jobs/" + job + "/fires?limit=10");
    }

    /** Interrupted, it leaves jobs behind. */
    @Override
    public void close() {
        Iterator<String> left = ids().iterator();
        try {
            each(ids.size(), () -> client.delete("/api/cron/jobs/" + left.next()), Reply::complaint);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void each(int count, Supplier<Future<Reply>> request, Function<Reply, @Nullable String> complaint)
            throws InterruptedException {
        if (count > 0) {
            Outcome outcome = ClosedLoop.run(vertx, LANES, new ClosedLoop.Limit(count, LONGEST), request, complaint);
            outcome.failures().forEach((what, times) -> wrong.add("cron job: " + what, times));
        }
    }
}
