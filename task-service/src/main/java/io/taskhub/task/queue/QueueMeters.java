package io.taskhub.task.queue;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.task.QueueStats;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jboss.logging.Logger;

/** How deep and how old the queues are, for whoever watches; a few seconds old, so that being watched costs nothing. */
@ApplicationScoped
class QueueMeters {
    private static final Logger LOG = Logger.getLogger(QueueMeters.class);

    /** More would drown the metrics' store; the busiest are told. */
    private static final int SERIES = 100;

    private final QueueStatsReader stats;
    private final MultiGauge depth;
    private final MultiGauge oldest;

    QueueMeters(QueueStatsReader stats, MeterRegistry metrics) {
        this.stats = stats;
        this.depth = MultiGauge.builder("taskhub.queue.depth")
                .description("tasks that wait: pending, scheduled or to be retried")
                .register(metrics);
        this.oldest = MultiGauge.builder("taskhub.queue.oldest.seconds")
                .description("how long the oldest pending task has been due")
                .register(metrics);
    }

    @Scheduled(every = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void refresh() {
        try {
            List<QueueStats> busiest = stats.read(null).stream()
                    .sorted((a, b) -> Long.compare(waiting(b), waiting(a)))
                    .limit(SERIES)
                    .toList();
            depth.register(
                    busiest.stream()
                            .<MultiGauge.Row<?>>map(q -> MultiGauge.Row.of(Tags.of("queue", q.queue()), waiting(q)))
                            .toList(),
                    true);
            oldest.register(
                    busiest.stream()
                            .<MultiGauge.Row<?>>map(
                                    q -> MultiGauge.Row.of(Tags.of("queue", q.queue()), q.oldestPendingSeconds()))
                            .toList(),
                    true);
        } catch (DatabaseException e) {
            LOG.debugf("queues not measured: %s", e.getMessage());
        }
    }

    private static long waiting(QueueStats q) {
        return q.pending() + q.scheduled() + q.retry();
    }
}
