package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.Runner;
import io.taskhub.worker.logs.LogPublisher;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;

/** Every claim that this process holds, each on a virtual thread of its own while it runs. */
@Singleton
public final class LeasedRuns {
    private static final int EARLY_CANCELS = 1_024;

    private final ConcurrentMap<Lease.Claim, LeasedRun> held = new ConcurrentHashMap<>();
    private final Set<Lease.Claim> cancelledEarly = new LinkedHashSet<>();
    private final Session session;
    private final Capacity capacity;
    private final Runner runner;
    private final LogPublisher logs;
    private final Reports reports;
    private final OwnPlaces own;

    @Inject
    public LeasedRuns(
            Session session, Capacity capacity, OwnPlaces own, Runner runner, LogPublisher logs, Reports reports) {
        this.session = session;
        this.capacity = capacity;
        this.own = own;
        this.runner = runner;
        this.logs = logs;
        this.reports = reports;
    }

    /** Starts what is not held already: the answer to a repeated request may bring the same lease twice. */
    void start(Lease lease) {
        LeasedRun run = new LeasedRun(lease, logs.open(lease, session.worker()), reports);
        if (held.putIfAbsent(run.claim(), run) == null) {
            if (hasOwnPlace(run)) {
                own.took(type(run));
            } else {
                capacity.started();
            }
            if (wasCancelledEarly(run.claim())) {
                run.execution().stop(Execution.Stop.CANCELLED);
            }
            Thread.startVirtualThread(() -> carryOut(run));
        }
    }

    private void carryOut(LeasedRun run) {
        Ended ended;
        try {
            ended = runner.run(run.execution());
        } finally {
            if (!hasOwnPlace(run)) {
                capacity.ended();
            }
        }
        if (!run.lost()) {
            run.log().awaitSent(run::lost);
            reports.addLast(run, run.result(ended), () -> forget(run));
        } else {
            forget(run);
        }
    }

    private void forget(LeasedRun run) {
        if (held.remove(run.claim(), run)) {
            run.execution().release();
            if (hasOwnPlace(run)) {
                own.gave(type(run));
            } else {
                capacity.forgotten();
            }
        }
    }

    private boolean hasOwnPlace(LeasedRun run) {
        return own.has(type(run));
    }

    private static String type(LeasedRun run) {
        return run.execution().work().type();
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Gives back at once what mostly waits: a browser's turn, a model's, children that whoever has the run next finds again. */
    int handBackWaiting() {
        return handBack(this::hasOwnPlace);
    }

    /** What the next heartbeat lists. */
    List<Lease.Claim> claims() {
        return List.copyOf(held.keySet());
    }

    /** Stops runs that somebody cancelled; they are reported as such. Tells whether any of them was news. */
    boolean cancel(Collection<Lease.Claim> claims) {
        boolean news = false;
        for (Lease.Claim claim : claims) {
            LeasedRun run = held.get(claim);
            if (run == null) {
                rememberCancel(claim);
                run = held.get(claim);
            }
            if (run != null && run.execution().stopped() == null) {
                run.execution().stop(Execution.Stop.CANCELLED);
                news = true;
            }
        }
        return news;
    }

    /** Cancels are told once and come by a poll of their own: one may overtake the answer that brings its lease. */
    private void rememberCancel(Lease.Claim claim) {
        synchronized (cancelledEarly) {
            if (cancelledEarly.size() >= EARLY_CANCELS) {
                cancelledEarly.remove(cancelledEarly.iterator().next());
            }
            cancelledEarly.add(claim);
        }
    }

    private boolean wasCancelledEarly(Lease.Claim claim) {
        synchronized (cancelledEarly) {
            return !cancelledEarly.isEmpty() && cancelledEarly.remove(claim);
        }
    }

    /** Stops runs whose claim is no longer ours; nothing is said of them any more. */
    void lose(Collection<Lease.Claim> claims) {
        for (Lease.Claim claim : claims) {
            LeasedRun run = held.get(claim);
            if (run != null) {
                run.lose();
            }
        }
    }

    /** Stops runs so that somebody else can run them again. */
    int handBack(Predicate<LeasedRun> which) {
        int count = 0;
        for (LeasedRun run : held.values()) {
            if (which.test(run) && run.execution().stopped() == null) {
                run.execution().stop(Execution.Stop.HANDED_BACK);
                count++;
            }
        }
        return count;
    }
}
