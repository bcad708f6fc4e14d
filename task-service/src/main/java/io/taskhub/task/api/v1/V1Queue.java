package io.taskhub.task.api.v1;

import io.taskhub.task.QueueStats;

/** A queue's numbers as the contract shows them; {@code paused} and {@code oldest_pending_seconds} are additive. */
public record V1Queue(
        String queue,
        long pending,
        long active,
        long scheduled,
        long retry,
        long archived,
        long completed,
        boolean paused,
        double oldest_pending_seconds) {

    static V1Queue from(QueueStats stats) {
        return new V1Queue(
                stats.queue(),
                stats.pending(),
                stats.active(),
                stats.scheduled(),
                stats.retry(),
                stats.archived(),
                stats.completed(),
                stats.paused(),
                stats.oldestPendingSeconds());
    }
}
