package io.taskhub.task.queue;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/** Where workers wait for work: a long poll that asks the database only when there is something to be had. */
@ApplicationScoped
public class ClaimDesk {
    private static final long LONGEST_WAIT_MS = 30_000;
    private static final int LARGEST_BATCH = 1000;
    private static final int STATEMENTS_AT_ONCE = 2;
    private static final int ROUNDS = 4;

    private final Database database;
    private final Claims claims;
    private final Sessions sessions;
    private final Waiters waiters;
    private final Queues queues;
    private final Signals signals;
    private final Settler settler;
    private final QueueWheel wheel = new QueueWheel();
    private final Semaphore statements = new Semaphore(STATEMENTS_AT_ONCE, true);
    private final DistributionSummary batchSizes;
    private final TimeInQueue timeInQueue;

    ClaimDesk(
            Database database,
            Claims claims,
            Sessions sessions,
            Waiters waiters,
            Queues queues,
            Signals signals,
            Settler settler,
            MeterRegistry metrics) {
        this.database = database;
        this.claims = claims;
        this.sessions = sessions;
        this.waiters = waiters;
        this.queues = queues;
        this.signals = signals;
        this.settler = settler;
        this.batchSizes = metrics.summary("taskhub.claim.batch.tasks");
        this.timeInQueue = new TimeInQueue(metrics);
    }

    /**
     * Answers as soon as there is a lease or a cancel, or empty after the wait.
     *
     * @param hangup is given what to run when the caller goes away before the answer
     */
    public Lease.Batch claim(Lease.ClaimRequest request, Consumer<Runnable> hangup) {
        Profile profile = Profile.of(request);
        sessions.announce(request, profile);
        if (request.repeated()) {
            List<Lease> before = database.read(c -> claims.again(c, request.session(), request.request()));
            if (!before.isEmpty()) {
                return new Lease.Batch(before, waiters.takeCancels(request.session()));
            }
        }
        Waiter waiter = new Waiter(profile, request);
        hangup.accept(waiter::abandon);
        waiters.add(waiter);
        boolean fed = false;
        try {
            List<Lease> leases = waitForWork(waiter, request);
            fed = leases.size() >= waiter.max;
            if (waiter.isAbandoned()) {
                takeBack(leases);
                return new Lease.Batch(List.of(), List.of());
            }
            return new Lease.Batch(leases, waiters.takeCancels(request.session()));
        } finally {
            waiters.remove(waiter);
            if (waiter.max > 0 && (fed || waiter.consume())) {
                waiters.feedOneLike(waiter);
            }
        }
    }

    private List<Lease> waitForWork(Waiter waiter, Lease.ClaimRequest request) {
        long end = System.nanoTime() + Waiter.nanos(Math.clamp(request.wait_ms(), 0, LONGEST_WAIT_MS));
        while (true) {
            waiter.consume();
            List<Lease> leases = waiter.max > 0 && !waiter.isAbandoned() ? take(waiter, request) : List.of();
            long left = end - System.nanoTime();
            if (!leases.isEmpty() || waiter.isAbandoned() || left <= 0 || waiters.hasCancels(waiter.session)) {
                return leases;
            }
            waiter.await(left);
        }
    }

    private List<Lease> take(Waiter waiter, Lease.ClaimRequest request) {
        if (promising(waiter).isEmpty()) {
            return List.of();
        }
        statements.acquireUninterruptibly();
        try {
            List<Lease> leases = new ArrayList<>();
            int max = Math.min(waiter.max, LARGEST_BATCH);
            List<String> from = promising(waiter);
            for (int round = 0; round < ROUNDS && leases.size() < max && !from.isEmpty(); round++) {
                from = takeRound(waiter, request, from, max, leases);
            }
            if (!leases.isEmpty()) {
                batchSizes.record(leases.size());
                signals.events();
            }
            return leases;
        } finally {
            statements.release();
        }
    }

    private List<String> promising(Waiter waiter) {
        return signals.memory().promising(waiter.profile, queues.names());
    }

    /** One statement; returns the queues that gave their whole share and may have more. */
    private List<String> takeRound(
            Waiter waiter, Lease.ClaimRequest request, List<String> from, int max, List<Lease> leases) {
        WorkMemory memory = signals.memory();
        Map<String, Integer> shares = wheel.shares(from, max - leases.size());
        List<String> asked = List.copyOf(shares.keySet());
        Map<String, Long> announcements = new HashMap<>();
        asked.forEach(q -> announcements.put(q, memory.announcement(q)));
        long[] floors = memory.floors(waiter.profile, asked, System.nanoTime());
        List<Claims.Claimed> claimed =
                database.write(c -> claims.takeInTransaction(c, request, waiter.profile, shares, floors));
        Map<String, Integer> given = new HashMap<>();
        for (Claims.Claimed c : claimed) {
            String queue = c.lease().queue();
            leases.add(c.lease());
            timeInQueue.record(queue, c.now() - c.runAt());
            if (given.merge(queue, 1, Integer::sum) == 1) {
                memory.foundFirst(waiter.profile, queue, priorityIndex(c.priority()), c.runAt());
            }
        }
        List<String> more = new ArrayList<>();
        for (String queue : from) {
            Integer share = shares.get(queue);
            if (share == null || given.getOrDefault(queue, 0) >= share) {
                more.add(queue);
            } else {
                memory.foundEmpty(waiter.profile, queue, announcements.getOrDefault(queue, -1L));
            }
        }
        return more;
    }

    private static int priorityIndex(int priority) {
        for (int i = 0; i < Claims.PRIORITIES.length; i++) {
            if (Claims.PRIORITIES[i] == priority) {
                return i;
            }
        }
        throw new IllegalArgumentException("priority " + priority);
    }

    /** Claimed for somebody who has gone: back at once, not only when the next heartbeat does not list it. */
    private void takeBack(List<Lease> leases) {
        Map<TaskId, Integer> held = new HashMap<>();
        leases.forEach(l -> held.put(l.task(), l.claim()));
        settler.settle(held.keySet(), (settlement, draft) -> {
            Integer claim = held.get(draft.before.id());
            if (claim != null && Settler.isHeld(draft, claim)) {
                settlement.neverReceived(draft);
            }
        });
    }
}
