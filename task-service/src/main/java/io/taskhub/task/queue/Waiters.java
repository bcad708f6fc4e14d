package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The claim requests that wait in this process, oldest first, and the cancels that their sessions have not been told of. */
@ApplicationScoped
class Waiters {
    private static final int SESSIONS = 10_000;

    private final Set<Waiter> waiting = new LinkedHashSet<>();
    private final Map<UUID, Set<Lease.Claim>> cancels = new ConcurrentHashMap<>();

    /** A request that comes again replaces the one whose caller gave up. */
    synchronized void add(Waiter waiter) {
        for (Waiter other : waiting) {
            if (other.session.equals(waiter.session) && other.request.equals(waiter.request)) {
                other.abandon();
            }
        }
        waiting.add(waiter);
    }

    /** A waiter that leaves with a signal it did not use passes it on. */
    synchronized void remove(Waiter waiter) {
        waiting.remove(waiter);
    }

    synchronized boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Wakes as many as {@code tasks} tasks of that queue can feed. */
    synchronized void feed(String queue, long tasks) {
        long left = tasks;
        for (Waiter waiter : waiting) {
            if (left <= 0) {
                return;
            }
            if (waiter.max > 0 && waiter.profile.serves(queue)) {
                waiter.signal();
                left -= waiter.max;
            }
        }
    }

    /** There may be more where the last batch came from. */
    synchronized void feedOneLike(Waiter leaving) {
        for (Waiter waiter : waiting) {
            if (waiter != leaving && waiter.max > 0 && overlaps(waiter.profile, leaving.profile)) {
                waiter.signal();
                return;
            }
        }
    }

    private static boolean overlaps(Profile one, Profile other) {
        return one.queues().isEmpty()
                || other.queues().isEmpty()
                || one.queues().stream().anyMatch(other::serves);
    }

    /** A claim of that session is to be stopped: its open requests return at once. */
    void cancel(UUID session, Lease.Claim claim) {
        if (cancels.size() > SESSIONS) {
            cancels.clear();
        }
        cancels.compute(session, (s, untold) -> {
            Set<Lease.Claim> all = untold == null ? new LinkedHashSet<>() : untold;
            all.add(claim);
            return all;
        });
        synchronized (this) {
            for (Waiter waiter : waiting) {
                if (waiter.session.equals(session)) {
                    waiter.signal();
                }
            }
        }
    }

    /** The session has left: whatever still waits for it must not claim. */
    synchronized void dismiss(UUID session) {
        waiting.stream().filter(w -> w.session.equals(session)).forEach(Waiter::abandon);
        cancels.remove(session);
    }

    boolean hasCancels(UUID session) {
        return cancels.containsKey(session);
    }

    /** Cancels not yet told to that session; told once, repeated by the heartbeat's reply. */
    List<Lease.Claim> takeCancels(UUID session) {
        Set<Lease.Claim> taken = cancels.remove(session);
        return taken == null ? List.of() : new ArrayList<>(taken);
    }
}
