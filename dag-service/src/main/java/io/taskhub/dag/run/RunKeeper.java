package io.taskhub.dag.run;

import io.quarkus.scheduler.Scheduled;
import io.taskhub.dag.DagServiceConfig;
import io.taskhub.dag.sql.DatabaseException;
import jakarta.inject.Singleton;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sees to it that every open run is carried by somebody: takes the runs of replicas that are gone, and lets drivers to which the engine
 * has said nothing for a while ask whether they missed something.
 */
@Singleton
class RunKeeper {
    private static final Logger LOG = Logger.getLogger(RunKeeper.class);
    private static final int ADOPTED_AT_ONCE = 200;

    private final Ownership ownership;
    private final Drivers drivers;
    private final RunClock clock;
    private final RunWaiters waiters;
    private final long silenceNanos;

    RunKeeper(Ownership ownership, Drivers drivers, RunClock clock, RunWaiters waiters, DagServiceConfig config) {
        this.ownership = ownership;
        this.drivers = drivers;
        this.clock = clock;
        this.waiters = waiters;
        this.silenceNanos = config.lookAfter().toNanos();
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void tick() {
        try {
            runOnce();
        } catch (DatabaseException e) {
            LOG.warnf("runs are not looked after for now: %s", e.getMessage());
        }
    }

    void runOnce() {
        clock.compare();
        ownership.ensure();
        List<String> adopted;
        do {
            adopted = ownership.adopt(ADOPTED_AT_ONCE);
            adopted.forEach(drivers::load);
        } while (adopted.size() == ADOPTED_AT_ONCE);
        for (RunDriver driver : drivers.all()) {
            if (driver.silentNanos() > silenceNanos) {
                driver.look();
            }
        }
        waiters.check(drivers::carries);
    }
}
