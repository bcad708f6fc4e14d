package io.taskhub.cron.fires;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.cron.CronConfig;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.jobs.Jobs;
import io.taskhub.cron.sql.DatabaseException;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns the cranks: looks once a second what is due, sets an alarm for what falls due before the next look, and hands what was
 * claimed to the delivery. A slow peer never holds up the next claim.
 */
@Singleton
public class FireTimer {
    private static final Logger LOG = Logger.getLogger(FireTimer.class);
    private static final long LOOK_AHEAD_MS = 2_000;
    private static final long SHORTEST_ALARM_MS = 10;
    private static final long NEVER = -1;
    private static final long LAST_MOMENT_S = 3;

    private final CronConfig config;
    private final CronFirer firer;
    private final FireDelivery delivery;
    private final QueueRelease release;
    private final ScheduledExecutorService alarm = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cron-alarm").factory());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ReentrantLock claiming = new ReentrantLock();
    private @Nullable ScheduledFuture<?> set;
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile boolean stopped;
    private final AtomicLong lastTurn = new AtomicLong(System.nanoTime());

    @Inject
    public FireTimer(CronConfig config, CronFirer firer, FireDelivery delivery, QueueRelease release) {
        this.config = config;
        this.firer = firer;
        this.delivery = delivery;
        this.release = release;
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        if (config.firing() && !stopped) {
            turn();
            if (sweeping.compareAndSet(false, true)) {
                threads.execute(this::sweep);
            }
        }
    }

    /** What others left behind, and queues. */
    private void sweep() {
        try {
            careful("fires are delivered later", delivery::runOnce);
            careful("queues wait", release::runOnce);
        } finally {
            sweeping.set(false);
        }
    }

    void rescheduled(@Observes Jobs.Rescheduled event) {
        Long next = event.job().nextFireMs();
        boolean soon = next != null && next - event.job().updatedMs() < LOOK_AHEAD_MS;
        if (config.firing() && soon && !stopped) {
            threads.execute(this::turn);
        }
    }

    /** Fires that are being started get a moment; what is left is started by others when its lease has run out. */
    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopped = true;
        alarm.shutdownNow();
        claiming.lock();
        try {
            threads.shutdown();
        } finally {
            claiming.unlock();
        }
        if (!threads.awaitTermination(LAST_MOMENT_S, TimeUnit.SECONDS)) {
            threads.shutdownNow();
        }
    }

    /** How long ago the database was last asked what is due, in ms. */
    long sinceLastTurnMs() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lastTurn.get());
    }

    private void turn() {
        careful("fires are claimed later", () -> {
            claiming.lock();
            try {
                boolean more = !stopped;
                while (more) {
                    CronFirer.Claimed claimed = firer.runOnce();
                    start(claimed.fires());
                    more = claimed.more();
                }
                OptionalLong wait = firer.nextInMs();
                lastTurn.set(System.nanoTime());
                setAlarm(wait.orElse(NEVER));
            } finally {
                claiming.unlock();
            }
        });
    }

    private void alarmed() {
        if (!stopped) {
            threads.execute(this::turn);
        }
    }

    private void start(List<Due> claimed) {
        if (!claimed.isEmpty()) {
            threads.execute(() -> careful("fires are delivered later", () -> delivery.deliver(claimed)));
        }
    }

    /** One at a time; called by who holds the lock. */
    private void setAlarm(long waitMs) {
        if (set != null) {
            set.cancel(false);
        }
        if (waitMs != NEVER && waitMs < LOOK_AHEAD_MS && !stopped) {
            set = alarm.schedule(this::alarmed, Math.max(SHORTEST_ALARM_MS, waitMs), TimeUnit.MILLISECONDS);
        }
    }

    /** What a crank does not do now it does at its next turn. */
    private static void careful(String consequence, Runnable crank) {
        try {
            crank.run();
        } catch (DatabaseException e) {
            LOG.debugf("%s: %s", consequence, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error(consequence, e);
        }
    }
}
