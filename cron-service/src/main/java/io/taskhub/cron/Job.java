package io.taskhub.cron;

import org.jspecify.annotations.Nullable;

/**
 * A cron job.
 *
 * @param enabled false while it is paused
 * @param pauseReason what who paused it said, or ""
 * @param nextFireMs epoch ms; null while it is paused or has no further fire
 * @param createdBy on whose behalf it starts what it starts
 */
public record Job(
        String id,
        String name,
        Schedule schedule,
        boolean enabled,
        String pauseReason,
        Target target,
        MisfirePolicy misfire,
        OverlapPolicy overlap,
        @Nullable Long nextFireMs,
        String createdBy,
        long createdMs,
        long updatedMs) {

    /**
     * A job as its owner wants it.
     *
     * @param enabled null = as it was, a new one is
     */
    public record Draft(
            String name,
            Schedule schedule,
            @Nullable Boolean enabled,
            Target target,
            MisfirePolicy misfire,
            OverlapPolicy overlap) {}
}
