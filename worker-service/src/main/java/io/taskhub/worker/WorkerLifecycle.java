package io.taskhub.worker;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.taskhub.worker.executor.DirectRuns;
import io.taskhub.worker.lease.Drain;
import io.taskhub.worker.lease.Heartbeats;
import io.taskhub.worker.lease.Poller;
import io.taskhub.worker.lease.Reports;
import io.taskhub.worker.registry.LiveTypes;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Begins to take tasks when everything else stands, and drains before anything else goes. */
@Singleton
public class WorkerLifecycle {
    private static final Logger LOG = Logger.getLogger(WorkerLifecycle.class);
    private static final int AFTER_CHECKS = 3_000;
    private static final int BEFORE_THE_REST = 1;

    private final WorkerConfig config;
    private final Poller poller;
    private final Heartbeats heartbeats;
    private final Reports reports;
    private final Drain drain;
    private final DirectRuns direct;
    private final LiveTypes types;

    @Inject
    public WorkerLifecycle(
            WorkerConfig config,
            Poller poller,
            Heartbeats heartbeats,
            Reports reports,
            Drain drain,
            DirectRuns direct,
            LiveTypes types) {
        this.config = config;
        this.poller = poller;
        this.heartbeats = heartbeats;
        this.reports = reports;
        this.drain = drain;
        this.direct = direct;
        this.types = types;
    }

    void begin(@Observes @Priority(AFTER_CHECKS) StartupEvent start) {
        types.runOnce();
        if (config.leasing()) {
            reports.start();
            heartbeats.start();
            poller.start();
            LOG.infof("runs up to %d tasks of %s", config.concurrency(), config.taskServiceUrls());
        }
    }

    void end(@Observes @Priority(BEFORE_THE_REST) ShutdownEvent stop) {
        direct.stopAll();
        if (config.leasing()) {
            drain.run();
        }
    }
}
