package io.taskhub.task.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How long tasks waited after they were due, per queue. Only so many queues get a series of their own. */
final class TimeInQueue {
    private static final int SERIES = 100;

    private final MeterRegistry metrics;
    private final Map<String, Timer> timers = new ConcurrentHashMap<>();

    TimeInQueue(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void record(String queue, long millis) {
        Timer timer = timers.get(queue);
        if (timer == null) {
            String name = timers.size() < SERIES ? queue : "(other)";
            timer = timers.computeIfAbsent(
                    name,
                    n -> Timer.builder("taskhub.queue.wait").tag("queue", n).register(metrics));
        }
        timer.record(Duration.ofMillis(Math.max(0, millis)));
    }
}
