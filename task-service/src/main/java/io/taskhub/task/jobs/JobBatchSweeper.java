package io.taskhub.task.jobs;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Removes batches of which nothing is left: those that a crash left before their tasks were stored, and those past retention. */
@ApplicationScoped
class JobBatchSweeper {
    private static final Logger LOG = Logger.getLogger(JobBatchSweeper.class);

    /** Longer than any create takes between a batch and its tasks. */
    private static final Duration YOUNG = Duration.ofHours(1);

    private static final int AT_ONCE = 1_000;

    private final JobBatches batches;

    JobBatchSweeper(JobBatches batches) {
        this.batches = batches;
    }

    @Scheduled(every = "30m", delayed = "2m", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            int gone = runOnce();
            if (gone > 0) {
                LOG.infof("%d batches had no task left", gone);
            }
        } catch (DatabaseException e) {
            LOG.warnf("batches not swept: %s", e.getMessage());
        }
    }

    /** Everything that is due. Returns how many went. */
    int runOnce() {
        int gone = 0;
        int step;
        do {
            step = batches.sweep(YOUNG.toMillis(), AT_ONCE);
            gone += step;
        } while (step == AT_ONCE);
        return gone;
    }
}
