package io.taskhub.cron.engine;

import io.taskhub.cron.Fire;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.Target;
import java.util.function.Supplier;

/**
 * A claimed fire with what is needed to start it.
 *
 * @param fire its id
 * @param admitted its overlap policy has been asked
 * @param attempts at starting it so far
 * @param kind of what it starts
 * @param target read only when it is started: one that cannot be read must not keep others from being claimed
 * @param targetLength of its JSON text
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
        Fire.Kind kind,
        Supplier<Target> target,
        int targetLength) {

    String key() {
        return source.key(jobId, scheduledMs);
    }
}
