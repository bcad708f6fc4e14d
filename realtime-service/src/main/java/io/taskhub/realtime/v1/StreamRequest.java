package io.taskhub.realtime.v1;

import io.taskhub.realtime.sse.Start;
import io.taskhub.realtime.sse.StreamId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a client asked for: which tasks, and from where on for each.
 *
 * @param tasks ids as written
 * @param starts one per task
 * @param history whether what is stored is sent as {@code history}
 * @param many whether it is the form for several tasks
 */
record StreamRequest(List<String> tasks, List<Start> starts, boolean history, boolean many) {
    static final int MAX_TASKS = 10;

    /** A parameter cannot be used; the message is for the client. */
    static final class InvalidException extends RuntimeException {
        InvalidException(String message) {
            super(message);
        }
    }

    static StreamRequest one(
            String task, @Nullable String startId, @Nullable String history, @Nullable String lastEventId) {
        boolean stored = flag(history);
        return new StreamRequest(List.of(task), starts(1, startId, stored, lastEventId), stored, false);
    }

    static StreamRequest many(
            @Nullable String tasks, @Nullable String startId, @Nullable String history, @Nullable String lastEventId) {
        Set<String> ids = new LinkedHashSet<>();
        for (String id : (tasks == null ? "" : tasks).split(",", -1)) {
            if (!id.isBlank()) {
                ids.add(id.strip());
            }
        }
        if (ids.isEmpty()) {
            throw new InvalidException("task_ids is required");
        }
        if (ids.size() > MAX_TASKS) {
            throw new InvalidException("at most " + MAX_TASKS + " task_ids");
        }
        boolean stored = flag(history);
        return new StreamRequest(List.copyOf(ids), starts(ids.size(), startId, stored, lastEventId), stored, true);
    }

    private static boolean flag(@Nullable String history) {
        return switch (history == null ? "" : history) {
            case "true", "1" -> true;
            case "", "false", "0" -> false;
            default -> throw new InvalidException("history must be true or false");
        };
    }

    private static List<Start> starts(
            int tasks, @Nullable String startId, boolean history, @Nullable String lastEventId) {
        if (lastEventId != null && !lastEventId.isBlank()) {
            return resumed(tasks, lastEventId.strip());
        }
        boolean unset = startId == null || startId.isBlank() || startId.equals("$");
        Start start = unset && history
                ? new Start.After(StreamId.BEGINNING)
                : startId == null || unset ? new Start.AtEnd() : start(startId.strip(), "start_id");
        return Collections.nCopies(tasks, start);
    }

    /** A stream of several tasks has ids with one part per task, in the order of the request. */
    private static List<Start> resumed(int tasks, String lastEventId) {
        String[] parts = lastEventId.split(",", -1);
        if (parts.length == 1) {
            return Collections.nCopies(tasks, start(parts[0], "Last-Event-ID"));
        }
        if (parts.length != tasks) {
            throw new InvalidException("Last-Event-ID is of other tasks");
        }
        List<Start> starts = new ArrayList<>();
        for (String part : parts) {
            starts.add(start(part, "Last-Event-ID"));
        }
        return List.copyOf(starts);
    }

    private static Start start(String text, String name) {
        if (text.equals("$")) {
            return new Start.AtEnd();
        }
        return StreamId.parse(text)
                .<Start>map(Start.After::new)
                .orElseThrow(() -> new InvalidException(name + " must be $, 0 or <epoch_ms>-<n>"));
    }
}
