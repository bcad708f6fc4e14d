package io.taskhub.worker.registry;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * Looks after the dispatches of this process while they wait for an answer: a worker that is silent for 10 s has failed its
 * task (decisions §3). A database that cannot be asked proves nothing about a worker.
 */
@Singleton
public class DispatchWatch {
    private static final Logger LOG = Logger.getLogger(DispatchWatch.class);

    private record Watched(String worker, Runnable silent) {}

    private final Map<UUID, Watched> open = new ConcurrentHashMap<>();
    private final Dispatches dispatches;

    @Inject
    public DispatchWatch(Dispatches dispatches) {
        this.dispatches = dispatches;
    }

    /** Calls {@code silent} when the worker is not heard of for 10 s before {@link #end}. */
    public void begin(UUID dispatch, String worker, Runnable silent) {
        open.put(dispatch, new Watched(worker, silent));
    }

    public void end(UUID dispatch) {
        open.remove(dispatch);
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void runOnce() {
        if (open.isEmpty()) {
            return;
        }
        Map<UUID, Watched> watched = Map.copyOf(open);
        Set<String> workers = watched.values().stream().map(Watched::worker).collect(Collectors.toUnmodifiableSet());
        try {
            Set<String> alive = dispatches.touch(watched.keySet(), workers);
            watched.values().stream()
                    .filter(dispatch -> !alive.contains(dispatch.worker()))
                    .forEach(dispatch -> dispatch.silent().run());
        } catch (SQLException e) {
            LOG.debugf("cannot look after dispatches: %s", e.getMessage());
        }
    }
}
