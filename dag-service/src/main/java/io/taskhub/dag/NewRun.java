package io.taskhub.dag;

import org.jspecify.annotations.Nullable;

/**
 * A run to be started.
 *
 * @param key null, or what makes it one run however often it is asked for
 * @param name as people see it; the graph's own, unless it has none
 * @param source one of "manual", "template", "cron"
 * @param createdBy the caller's name
 */
public record NewRun(
        @Nullable String key,
        Dag dag,
        String name,
        String source,
        String createdBy,
        @Nullable String templateId,
        @Nullable String cronJobId) {}
