package io.taskhub.cron.engine;

import io.taskhub.cron.Fire;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.Target;

/**
 * A claimed fire with what is needed to start it.
 *
 * @param fire its id
 * @param admitted its overlap policy has been asked
 * @param attempts at starting it so far
 */
public record Due(
        long fire,
        long scheduledMs,
        Fire.Source source,
        boolean admitted,
        int attempts,
        String jobId,
        String jobName,
        String createdBy,
        OverlapPolicy overlap,
        Target target,
        int targetLength) {

    String key() {
        return source.key(jobId, scheduledMs);
    }

    /** Of what it starts. */
    public Fire.Kind kind() {
        return target instanceof Target.SingleTask ? Fire.Kind.TASK : Fire.Kind.RUN;
    }
}
