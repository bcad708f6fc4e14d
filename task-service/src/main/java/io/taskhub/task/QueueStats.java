package io.taskhub.task;

/** How many tasks of a queue are in which state; {@code archived} includes cancelled. {@code oldestPendingSeconds} 0 when none waits. */
public record QueueStats(
        String queue,
        boolean paused,
        long pending,
        long active,
        long scheduled,
        long retry,
        long archived,
        long completed,
        double oldestPendingSeconds) {}
