package io.taskhub.worker.lease;

import io.taskhub.contracts.Lease;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The session's one heartbeat, every 5 s, and what follows from silence: a claim that task-service has not confirmed for 12 s
 * may soon be given to somebody else (the lease is 15 s), so its run is ended here first. It is offered back, not reported as
 * failed: the outage was not the task's doing.
 */
@Singleton
public final class Heartbeats {
    private static final Logger LOG = Logger.getLogger(Heartbeats.class);
    private static final long EVERY_MS = 5_000;
    private static final long AGAIN_MS = 1_000;
    private static final long FENCE_TICK_MS = 1_000;
    static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(12);

    private final LeaseApi api;
    private final Session session;
    private final LeasedRuns runs;
    private final Semaphore wanted = new Semaphore(0);
    private final List<Thread> threads = new ArrayList<>();
    private volatile long answeredNanos = System.nanoTime();

    @Inject
    public Heartbeats(LeaseClient api, Session session, LeasedRuns runs) {
        this((LeaseApi) api, session, runs);
    }

    Heartbeats(LeaseApi api, Session session, LeasedRuns runs) {
        this.api = api;
        this.session = session;
        this.runs = runs;
    }

    public synchronized void start() {
        if (threads.isEmpty()) {
            threads.add(Thread.ofVirtual().name("heartbeat").start(this::beat));
            threads.add(Thread.ofVirtual().name("fence").start(this::watch));
        }
    }

    /** Sends one soon, without waiting for its turn. */
    void now() {
        wanted.release();
    }

    private void beat() {
        try {
            while (true) {
                boolean answered = runOnce();
                if (wanted.tryAcquire(answered ? EVERY_MS : AGAIN_MS, TimeUnit.MILLISECONDS)) {
                    wanted.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Sends one heartbeat and does what the answer says. */
    boolean runOnce() throws InterruptedException {
        long sent = System.nanoTime();
        try {
            Lease.HeartbeatReply reply =
                    api.heartbeat(new Lease.Heartbeat(session.id(), session.worker(), runs.claims()));
            answeredNanos = sent;
            runs.lose(reply.lost());
            runs.cancel(reply.cancels());
            return true;
        } catch (IOException e) {
            LOG.debugf("heartbeat not answered: %s", e.getMessage());
            return false;
        }
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(FENCE_TICK_MS);
                fence(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends what nobody has confirmed within 12 s: neither the last answered heartbeat nor the claim itself is younger. */
    int fence(long nowNanos) {
        if (nowNanos - answeredNanos < SILENCE_NANOS) {
            return 0;
        }
        int ended = runs.handBack(run -> nowNanos - run.sinceNanos() >= SILENCE_NANOS);
        if (ended > 0) {
            LOG.warnf("task-service has not answered for 12 s: %d running tasks are stopped and offered back", ended);
        }
        return ended;
    }

    @PreDestroy
    public synchronized void stop() {
        threads.forEach(Thread::interrupt);
    }
}
