package io.taskhub.cron.fires;

import io.taskhub.cron.engine.Due;
import io.taskhub.cron.engine.PeerException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** Starts the next fire of a queue when the one before has ended. Asks only while something is in a queue. */
@Singleton
public class QueueRelease {
    private static final Logger LOG = Logger.getLogger(QueueRelease.class);

    private final OverlapGate gate;
    private final FireDelivery delivery;
    private final CronMetrics metrics;

    @Inject
    public QueueRelease(OverlapGate gate, FireDelivery delivery, CronMetrics metrics) {
        this.gate = gate;
        this.delivery = delivery;
        this.metrics = metrics;
    }

    public void runOnce() {
        Map<String, Long> queued = gate.queued();
        metrics.queued(queued.values().stream().mapToLong(fires -> fires).sum());
        if (queued.isEmpty()) {
            return;
        }
        try {
            List<Due> next = gate.pass(queued.keySet(), List.of());
            if (!next.isEmpty()) {
                delivery.deliver(next);
            }
        } catch (PeerException e) {
            LOG.debugf("queues wait: %s", e.getMessage());
        }
    }
}
