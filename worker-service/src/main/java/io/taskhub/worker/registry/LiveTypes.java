package io.taskhub.worker.registry;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** The types that live registered workers brought, as known a few seconds ago at most: claims ask for them very often. */
@Singleton
public class LiveTypes {
    private static final Logger LOG = Logger.getLogger(LiveTypes.class);

    private final RemoteWorkers workers;
    private volatile Set<String> types = Set.of();

    @Inject
    public LiveTypes(RemoteWorkers workers) {
        this.workers = workers;
    }

    public Set<String> current() {
        return types;
    }

    /** Looks again. A database that cannot be asked leaves what was known. */
    @Scheduled(every = "5s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    public void runOnce() {
        try {
            types = workers.list().stream()
                    .filter(RemoteWorker::alive)
                    .flatMap(worker -> worker.types().stream())
                    .collect(Collectors.toUnmodifiableSet());
        } catch (SQLException e) {
            LOG.debugf("cannot read the types of registered workers: %s", e.getMessage());
        }
    }
}
