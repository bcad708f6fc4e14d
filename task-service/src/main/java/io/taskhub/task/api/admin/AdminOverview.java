package io.taskhub.task.api.admin;

import io.taskhub.task.TaskCatalog;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/admin/jobs/overview} answers. The slots of the page's own scheduler are null: schedules are cron-service's, and
 * a number made up here would be wrong.
 *
 * @param truncated additive: whether there are more tasks than were looked at for the last day's numbers, see
 *     {@link TaskCatalog#REACH}
 */
public record AdminOverview(
        long queued,
        long running,
        long failed_24h,
        long succeeded_24h,
        long canceled_24h,
        boolean truncated,
        @Nullable Long enabled_scheduled_slots,
        @Nullable Long total_scheduled_slots) {

    static AdminOverview of(TaskCatalog.Totals totals) {
        TaskCatalog.Ends recently = totals.recently();
        return new AdminOverview(
                totals.queued(),
                totals.running(),
                recently.failed(),
                recently.succeeded(),
                recently.canceled(),
                totals.cut(),
                null,
                null);
    }
}
