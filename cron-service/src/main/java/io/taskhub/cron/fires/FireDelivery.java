package io.taskhub.cron.fires;

import io.taskhub.cron.Fire;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.engine.Engine;
import io.taskhub.cron.engine.Outcome;
import io.taskhub.cron.engine.PeerException;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Starts what fires are for. A fire stays with whoever claimed it for its lease; when the other service does not answer, it is
 * tried again later, by anybody; when it refuses for good, the fire has failed.
 */
@Singleton
public class FireDelivery {
    private final FireLedger ledger;
    private final OverlapGate gate;
    private final Engine engine;
    private final CronMetrics metrics;

    @Inject
    public FireDelivery(FireLedger ledger, OverlapGate gate, Engine engine, CronMetrics metrics) {
        this.ledger = ledger;
        this.gate = gate;
        this.engine = engine;
        this.metrics = metrics;
    }

    /** Starts what nobody is starting any more. */
    public void runOnce() {
        List<Due> overdue = ledger.takeOverdue();
        if (!overdue.isEmpty()) {
            deliver(overdue);
        }
    }

    /** Starts fires that the caller has claimed, those that must not overlap only when it is their turn. */
    public void deliver(List<Due> claimed) {
        Map<Boolean, List<Due>> free = claimed.stream()
                .collect(Collectors.partitioningBy(due -> due.admitted() || due.overlap() == OverlapPolicy.ALLOW));
        start(free.getOrDefault(true, List.of()));
        List<Due> asking = free.getOrDefault(false, List.of());
        if (!asking.isEmpty()) {
            try {
                Set<String> jobs = asking.stream().map(Due::jobId).collect(Collectors.toSet());
                start(gate.pass(jobs, asking));
            } catch (PeerException e) {
                ledger.postponed(asking, String.valueOf(e.getMessage()));
            }
        }
    }

    private void start(List<Due> dues) {
        if (dues.isEmpty()) {
            return;
        }
        List<Outcome> started = new ArrayList<>();
        List<Outcome> refused = new ArrayList<>();
        List<Outcome> unanswered = new ArrayList<>();
        for (Outcome outcome : engine.start(dues)) {
            (outcome.startedId() != null ? started : outcome.permanent() ? refused : unanswered).add(outcome);
        }
        metrics.created(ledger.created(started), started.size());
        ledger.failed(refused);
        metrics.ended(Fire.State.FAILED, refused.size());
        unanswered.stream()
                .collect(Collectors.groupingBy(Outcome::error))
                .forEach((why, outcomes) ->
                        ledger.postponed(outcomes.stream().map(Outcome::due).toList(), why));
    }
}
