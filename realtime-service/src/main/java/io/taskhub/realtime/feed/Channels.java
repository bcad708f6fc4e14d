package io.taskhub.realtime.feed;

import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.LogRecord;
import io.taskhub.contracts.TaskEvent;
import jakarta.inject.Singleton;

/** The three topics, as those who listen see them. */
@Singleton
public final class Channels {
    private final Channel<TaskEvent> events = new Channel<>();
    private final Channel<LogRecord> logs = new Channel<>();
    private final Channel<DagEvent> nodes = new Channel<>();

    /** Under a task's UUID, its number and {@link Channel#ALL}. */
    public Channel<TaskEvent> events() {
        return events;
    }

    /** Under a task's UUID, its number and its logical id. */
    public Channel<LogRecord> logs() {
        return logs;
    }

    /** Under a node's logical id. */
    public Channel<DagEvent> nodes() {
        return nodes;
    }

    void tellJump(Lane lane) {
        events.tellJump(lane);
        logs.tellJump(lane);
        nodes.tellJump(lane);
    }
}
