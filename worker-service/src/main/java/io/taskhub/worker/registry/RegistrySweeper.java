package io.taskhub.worker.registry;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/** Deletes workers that are forgotten and dispatches that nobody waits for. Reads ignore both already. */
@Singleton
public class RegistrySweeper {
    private static final Logger LOG = Logger.getLogger(RegistrySweeper.class);

    private final RemoteWorkers workers;
    private final Dispatches dispatches;

    @Inject
    public RegistrySweeper(RemoteWorkers workers, Dispatches dispatches) {
        this.workers = workers;
        this.dispatches = dispatches;
    }

    @Scheduled(every = "60s", delayed = "60s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void runOnce() {
        try {
            workers.forget();
            dispatches.forget();
        } catch (SQLException e) {
            LOG.debugf("the registry is swept later: %s", e.getMessage());
        }
    }
}
