package io.taskhub.bench.load;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Runs workflows one after the other. Blocks the calling thread. */
public final class Workflows {
    private static final Duration PATIENCE = Duration.ofSeconds(50);
    private static final int MOST_NODES = 1_000;

    private final GatewayClient client;
    private final Duration glance;

    /** @param glance how long it does not look whether a run has ended: each look costs the suite something */
    public Workflows(GatewayClient client, Duration glance) {
        this.client = client;
        this.glance = glance;
    }

    /**
     * A run that has ended.
     *
     * @param nanos from the request that started it until its end was seen here, at most a glance and a request after it
     * @param engineMillis from its start to its end as they are stored
     * @param succeeded of {@code nodes}
     */
    public record Ended(String run, long nanos, long engineMillis, int nodes, int succeeded) {

        static Ended of(String run, long nanos, JsonObject item) {
            return new Ended(
                    run,
                    nanos,
                    item.getLong("end_ts_ms") - item.getLong("start_ts_ms"),
                    item.getInteger("total"),
                    item.getInteger("success_count"));
        }

        /** Adds to {@code wrong} what did not go well. */
        public void judge(Tally wrong) {
            wrong.add("nodes without success", nodes - succeeded);
        }
    }

    /**
     * Starts it and waits for its end.
     *
     * @param graph see {@link Workflow}
     * @throws IllegalStateException when it has not after that time; it is cancelled
     */
    public Ended run(Buffer graph, Duration atMost) throws InterruptedException {
        long begin = System.nanoTime();
        String run = await("POST run_async", client.post("/api/dag/run_async", graph))
                .getJsonObject("data")
                .getString("run_id");
        while (true) {
            JsonObject item = items("/api/dag/runs?run_id=" + run).getJsonObject(0);
            long elapsed = System.nanoTime() - begin;
            if (item.getLong("end_ts_ms") > 0) {
                return Ended.of(run, elapsed, item);
            }
            if (elapsed > atMost.toNanos()) {
                await("cancel", client.post("/api/dag/runs/" + run + "/cancel", null));
                throw new IllegalStateException("run " + run + " did not end within " + atMost.toSeconds() + " s");
            }
            TimeUnit.MILLISECONDS.sleep(glance.toMillis());
        }
    }

    /** When those of its nodes started that did, epoch milliseconds, ascending; at most 1,000 of them. */
    public long[] starts(String run) throws InterruptedException {
        return items("/api/dag/task_runs?run_id=" + run + "&limit=" + MOST_NODES).stream()
                .mapToLong(node -> ((JsonObject) node).getLong("start_ts_ms"))
                .filter(start -> start > 0)
                .sorted()
                .toArray();
    }

    private JsonArray items(String path) throws InterruptedException {
        return await("GET " + path, client.get(path)).getJsonObject("data").getJsonArray("items");
    }

    private static JsonObject await(String call, Future<Reply> reply) throws InterruptedException {
        return Await.result(call, reply, PATIENCE).orThrow(call).object();
    }
}
