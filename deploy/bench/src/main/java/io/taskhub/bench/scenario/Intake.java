package io.taskhub.bench.scenario;

import io.taskhub.bench.load.ClosedLoop;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Outcome;
import io.taskhub.bench.load.Reply;
import io.vertx.core.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Creates into a paused queue, closed loop: the cost of taking tasks in, without running them. The queue is drained afterwards,
 * unmeasured.
 *
 * @param perCall tasks
 * @param call creates them
 * @param complaint what is wrong with its answer, null when it is fine
 */
record Intake(
        int connections,
        int perCall,
        Function<GatewayClient, Future<Reply>> call,
        Function<Reply, @Nullable String> complaint) {

    Outcome run(Stage stage, Trial trial) throws InterruptedException {
        stage.steering().pause(trial.queue());
        Outcome outcome;
        try (GatewayClient client = stage.connect(connections)) {
            ClosedLoop.Limit limit = new ClosedLoop.Limit(
                    stage.sizes().mostCreates() / perCall, stage.sizes().creating());
            outcome = trial.measure(
                    () -> ClosedLoop.run(stage.vertx(), connections, limit, () -> call.apply(client), complaint));
        }
        stage.steering().resume(trial.queue());
        trial.wrong().addAll(outcome.failures());
        trial.drain(outcome.accepted() * perCall);
        return outcome;
    }
}
