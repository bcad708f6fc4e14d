package io.taskhub.bench.scenario;

import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/tasks:batch} with 500 tasks a call on 4 connections. */
final class CreateBatches extends Scenario {
    private static final int BATCH = 500;
    private static final int CONNECTIONS = 4;

    CreateBatches() {
        super("create-batch", "tasks/s", Aim.NONE);
    }

    @Override
    Run run(Stage stage, Trial trial) throws InterruptedException {
        Buffer body = NoopTask.batch(trial.queue(), BATCH);
        Outcome outcome = new Intake(
                        CONNECTIONS,
                        BATCH,
                        client -> client.post("/api/v1/tasks:batch", body),
                        CreateBatches::complaint)
                .run(stage, trial);
        return trial.result(
                outcome.rate() * BATCH,
                outcome.latencies(),
                outcome.accepted() * BATCH,
                "latencies are of calls of " + BATCH);
    }

    /** A batch whose items were refused answers 201 too. */
    private static @Nullable String complaint(Reply reply) {
        String wrong = reply.complaint();
        if (wrong != null) {
            return wrong;
        }
        JsonArray results = reply.object().getJsonArray("results");
        long taken = results.stream()
                .filter(JsonObject.class::isInstance)
                .map(JsonObject.class::cast)
                .filter(item -> item.containsKey("task_id"))
                .count();
        return taken == BATCH ? null : "batch with refused items";
    }
}
