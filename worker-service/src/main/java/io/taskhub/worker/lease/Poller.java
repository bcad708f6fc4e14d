package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.identity.PeerClient;
import io.taskhub.worker.WorkerConfig;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Keeps two polls open (architecture, item 8): one claims what there is room for, the other claims nothing and is open even
 * when this process is full, because it carries cancels.
 */
@Singleton
public final class Poller {
    private static final Logger LOG = Logger.getLogger(Poller.class);
    private static final int MOST_PER_CLAIM = 256;
    private static final int SHARE_WORTH_A_CLAIM = 4;
    private static final long PATIENCE_MS = 5;

    /** Short, so that a newly registered worker's types are asked for soon. */
    private static final long WAIT_MS = 5_000;

    /** A cancel is repeated to us until its run has ended, which a shell may take two seconds for. */
    private static final long KNOWN_CANCELS_PAUSE_MS = 250;

    private static final long STOP_MS = 1_000;
    private static final long FIRST_PAUSE_MS = 100;
    private static final long LONGEST_PAUSE_MS = 5_000;

    private final LeaseApi api;
    private final Session session;
    private final Capacity capacity;
    private final LeasedRuns runs;
    private final Heartbeats heartbeats;
    private final RunnableTypes types;
    private final List<String> queues;
    private final List<String> labels;
    private final List<Thread> threads = new ArrayList<>();

    @Inject
    public Poller(
            LeaseClient api,
            Session session,
            Capacity capacity,
            LeasedRuns runs,
            Heartbeats heartbeats,
            RunnableTypes types,
            WorkerConfig config) {
        this(
                api,
                session,
                capacity,
                runs,
                heartbeats,
                types,
                config.queues().orElse(List.of()),
                config.labels().orElse(List.of()));
    }

    Poller(
            LeaseApi api,
            Session session,
            Capacity capacity,
            LeasedRuns runs,
            Heartbeats heartbeats,
            RunnableTypes types,
            List<String> queues,
            List<String> labels) {
        this.api = api;
        this.session = session;
        this.capacity = capacity;
        this.runs = runs;
        this.heartbeats = heartbeats;
        this.types = types;
        this.queues = queues;
        this.labels = labels;
    }

    public synchronized void start() {
        if (threads.isEmpty()) {
            threads.add(Thread.ofVirtual().name("claim-poll").start(() -> poll(this::claim)));
            threads.add(Thread.ofVirtual().name("control-poll").start(() -> poll(this::control)));
        }
    }

    /**
     * Takes nothing new; what an answer that is being read brings is started before this returns. An answer under way is not
     * read any more: its connection closes, and what it claimed goes back.
     */
    @PreDestroy
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
        for (Thread thread : threads) {
            try {
                thread.join(STOP_MS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Tells task-service at once which types this process can run now. It matters to nobody if that fails: the polls say it too. */
    public void announce() throws InterruptedException {
        try {
            stopCancelled(api.claim(request(TaskId.next().uuid(), 0, 0)).cancels());
        } catch (IOException e) {
            LOG.debugf("types not announced: %s", e.getMessage());
        }
    }

    private interface Step {
        void once() throws InterruptedException;
    }

    private static void poll(Step step) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                step.once();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void claim() throws InterruptedException {
        int enough = Math.max(1, Math.min(MOST_PER_CLAIM, capacity.concurrency()) / SHARE_WORTH_A_CLAIM);
        int free = capacity.awaitFree(enough, PATIENCE_MS);
        Lease.Batch batch = untilAnswered(request(TaskId.next().uuid(), Math.min(MOST_PER_CLAIM, free), WAIT_MS));
        batch.leases().forEach(runs::start);
        stopCancelled(batch.cancels());
    }

    private void control() throws InterruptedException {
        Lease.Batch batch = untilAnswered(request(TaskId.next().uuid(), 0, WAIT_MS));
        if (!stopCancelled(batch.cancels()) && !batch.cancels().isEmpty()) {
            Thread.sleep(KNOWN_CANCELS_PAUSE_MS);
        }
    }

    private boolean stopCancelled(Collection<Lease.Claim> cancels) {
        return runs.cancel(cancels);
    }

    /** A request that may have been seen is repeated as such, under its id, so the same batch comes back. */
    private Lease.Batch untilAnswered(Lease.ClaimRequest first) throws InterruptedException {
        Backoff backoff = new Backoff(FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
        Lease.ClaimRequest request = first;
        while (true) {
            try {
                Lease.Batch batch = api.claim(request);
                if (request.repeated() && !batch.leases().isEmpty()) {
                    heartbeats.now();
                }
                return batch;
            } catch (PeerClient.UnreachableException e) {
                LOG.debugf("no claims: %s", e.getMessage());
            } catch (IOException e) {
                LOG.debugf("claim repeated: %s", e.getMessage());
                request = repeated(first);
            }
            backoff.pause();
        }
    }

    private Lease.ClaimRequest request(UUID id, int max, long waitMs) {
        return new Lease.ClaimRequest(
                session.id(), session.worker(), id, false, max, queues, types.current(), labels, waitMs);
    }

    private static Lease.ClaimRequest repeated(Lease.ClaimRequest request) {
        return new Lease.ClaimRequest(
                request.session(),
                request.worker(),
                request.request(),
                true,
                request.max(),
                request.queues(),
                request.types(),
                request.labels(),
                request.wait_ms());
    }
}
