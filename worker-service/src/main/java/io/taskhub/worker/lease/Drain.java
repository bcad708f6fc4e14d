package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.worker.WorkerConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Leaves in order: takes nothing new, lets run what ends in time, hands back the rest without counting an attempt, waits
 * until everything is reported, and says good-bye. Happens once.
 */
@Singleton
public final class Drain {
    private static final Logger LOG = Logger.getLogger(Drain.class);
    private static final long LOOK_MS = 20;

    /** A shell gets two seconds to end, its readers one. */
    private static final Duration KILL = Duration.ofSeconds(4);

    private static final Duration REPORT = Duration.ofSeconds(5);

    private final LeaseApi api;
    private final Session session;
    private final Poller poller;
    private final Heartbeats heartbeats;
    private final LeasedRuns runs;
    private final Capacity capacity;
    private final Duration timeout;
    private volatile boolean begun;
    private int handedBack;

    @Inject
    public Drain(
            LeaseClient api,
            Session session,
            Poller poller,
            Heartbeats heartbeats,
            LeasedRuns runs,
            Capacity capacity,
            WorkerConfig config) {
        this(api, session, poller, heartbeats, runs, capacity, config.drainTimeout());
    }

    Drain(
            LeaseApi api,
            Session session,
            Poller poller,
            Heartbeats heartbeats,
            LeasedRuns runs,
            Capacity capacity,
            Duration timeout) {
        this.heartbeats = heartbeats;
        this.api = api;
        this.session = session;
        this.poller = poller;
        this.runs = runs;
        this.capacity = capacity;
        this.timeout = timeout;
    }

    /** Whether this process has been told to leave. */
    public boolean begun() {
        return begun;
    }

    /**
     * Returns when nothing runs here any more. A second caller waits for the first.
     *
     * @return how many runs were handed back
     */
    public synchronized int run() {
        if (!begun) {
            begun = true;
            poller.stop();
            try {
                drain();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return handedBack;
    }

    private void drain() throws InterruptedException {
        handedBack = runs.handBackWaiting();
        if (!await(() -> capacity.running() == 0, timeout)) {
            handedBack += runs.handBack(run -> true);
            LOG.infof("%d tasks are handed back", handedBack);
            await(() -> capacity.running() == 0, KILL);
        }
        await(runs::isEmpty, REPORT);
        // A heartbeat after the good-bye would bring the session back to life.
        heartbeats.stop();
        try {
            api.leave(new Lease.Leave(session.id()));
        } catch (IOException e) {
            LOG.infof("left without a good-bye: %s", e.getMessage());
        }
    }

    private static boolean await(BooleanSupplier condition, Duration atMost) throws InterruptedException {
        long deadline = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            Thread.sleep(LOOK_MS);
        }
        return true;
    }
}
