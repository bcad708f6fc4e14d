package io.taskhub.bench.scenario;

import io.taskhub.bench.cpu.CpuMeter;
import io.taskhub.bench.load.GatewayClient;
import io.taskhub.bench.load.QueueStats;
import io.taskhub.bench.load.Steering;
import io.taskhub.bench.load.Tally;
import io.vertx.core.Vertx;
import java.net.URI;
import java.time.Duration;
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
    private static final Duration LONGEST_DRAIN = Duration.ofMinutes(2);

    /** A name that no queue had before: its counts start from zero. */
    public String newQueue(String scenario) {
        return prefix + "-" + scenario + "-" + queues.incrementAndGet();
    }

    public GatewayClient connect(int connections) {
        return new GatewayClient(vertx, origin, token, connections);
    }

    /** Lets the workers end all of a queue; what does not end, or ends badly, is told in {@code wrong}. */
    public void drain(String queue, long tasks, Tally wrong) throws InterruptedException {
        QueueStats last =
                steering.watchUntilEnded(queue, tasks, LONGEST_DRAIN).getLast().stats();
        judge(last, tasks, wrong);
    }

    /** Adds to {@code wrong} what of {@code tasks} is not completed. */
    static void judge(QueueStats last, long tasks, Tally wrong) {
        wrong.add("tasks archived", last.archived());
        wrong.add("tasks not ended", tasks - last.ended());
        wrong.add("tasks too many", last.ended() - tasks);
    }
}
