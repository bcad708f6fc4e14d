package io.taskhub.task.api.admin;

import io.taskhub.contracts.TaskHistory;
import io.taskhub.task.Task;
import io.taskhub.task.api.admin.diagnostics.Diagnostics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code GET /api/admin/jobs/realtime/<id>} answers. */
public record AdminDetail(
        AdminTask.Whole task,
        List<AdminEvent> events,
        EventMeta event_meta,
        @Nullable Diagnostics diagnostics) {
    /** The newest events that are shown. */
    static final int EVENTS = 200;

    /** {@code total}: of the whole history, which has no gaps, so its last number is its length. */
    public record EventMeta(int returned, int total, int limit, boolean truncated) {}

    /** @param tail the end of the task's history */
    static AdminDetail of(Task task, TaskHistory tail, int total, @Nullable Diagnostics diagnostics) {
        List<AdminEvent> events =
                tail.events().reversed().stream().map(AdminEvent::of).toList();
        return new AdminDetail(
                AdminTask.Whole.of(task),
                events,
                new EventMeta(events.size(), total, EVENTS, total > events.size()),
                diagnostics);
    }
}
