package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuMeter;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.Steering;
import io.vertx.core.Vertx;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The suite as a scenario meets it.
 *
 * @param prefix of this bench's queues, so that two benches on one data directory do not meet
 */
public record Stage(
        Vertx vertx,
        URI origin,
        String token,
        Steering steering,
        CpuMeter cpu,
        Sizes sizes,
        String prefix,
        AtomicInteger queues) {

    /** A name that no queue had before: its counts start from zero. */
    String newQueue(String scenario) {
        return prefix + "-" + scenario + "-" + queues.incrementAndGet();
    }

    GatewayClient connect(int connections) {
        return new GatewayClient(vertx, origin, token, connections);
    }
}
