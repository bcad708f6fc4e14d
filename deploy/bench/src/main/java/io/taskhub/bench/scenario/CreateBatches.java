package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuReading;
import io.taskhub.bench.cpu.CpuUse;
import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.NoopTask;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.taskhub.bench.load.Tally;
import io.taskhub.bench.report.Aim;
import io.taskhub.bench.report.Run;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code POST /api/v1/tasks:batch} with 500 tasks a call on 4 connections, closed loop, into a paused queue. */
final class CreateBatches implements Scenario {
    private static final int BATCH = 500;
    private static final int CONNECTIONS = 4;

    @Override
    public String name() {
        return "create-batch";
    }

    @Override
    public String unit() {
        return "tasks/s";
    }

    @Override
    public Aim aim() {
        return Aim.NONE;
    }

    @Override
    public Run run(Stage stage) throws InterruptedException {
        String queue = stage.newQueue(name());
        Buffer body = NoopTask.batch(queue, BATCH);
        stage.steering().pause(queue);
        Outcome outcome;
        CpuUse cpu;
        try (GatewayClient client = stage.connect(CONNECTIONS)) {
            CpuReading before = stage.cpu().read();
            outcome = ClosedLoop.run(
                    stage.vertx(),
                    CONNECTIONS,
                    new ClosedLoop.Limit(
                            stage.sizes().mostCreates() / BATCH, stage.sizes().creating()),
                    () -> client.post("/api/v1/tasks:batch", body),
                    CreateBatches::complaint);
            cpu = before.until(stage.cpu().read());
        }
        long tasks = outcome.accepted() * BATCH;
        stage.steering().resume(queue);
        Tally wrong = new Tally();
        wrong.addAll(outcome.failures());
        stage.drain(queue, tasks, wrong);
        return new Run(
                outcome.rate() * BATCH,
                outcome.latencies(),
                tasks,
                cpu,
                wrong.counts(),
                List.of("latencies are of calls of " + BATCH));
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
