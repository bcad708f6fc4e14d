package io.taskhub.realtime.socket;

import java.util.Optional;

/** What can be subscribed to, by name or by number. */
enum Topic {
    TASK_LOGS,
    TASK_EVENTS;

    static Optional<Topic> parse(String text) {
        return switch (text) {
            case "task_logs", "0" -> Optional.of(TASK_LOGS);
            case "task_events", "1" -> Optional.of(TASK_EVENTS);
            default -> Optional.empty();
        };
    }
}
