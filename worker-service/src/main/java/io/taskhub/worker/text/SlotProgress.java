package io.taskhub.worker.text;

import io.taskhub.worker.child.Child;
import io.taskhub.worker.child.ChildNews;
import io.taskhub.worker.executor.Execution;
import io.taskhub.worker.executor.InvalidPayloadException;
import io.taskhub.worker.executor.Payload;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a daily slot tells while its users' briefs are made (admin contract, "Event payload updates"): {@code collect}, then
 * {@code generate} and {@code user_succeeded} or {@code user_failed} for each user, and {@code summary} at the end.
 */
final class SlotProgress {
    private static final String DISABLED = "AI is not configured";
    private static final int WHOLE = 100;
    private static final int LONGEST_ERROR = 1_000;

    private final Execution run;
    private final int hour;
    private final String date;
    private final Map<String, BriefUsers.User> users = new HashMap<>();
    private final Set<String> started = new HashSet<>();
    private int succeeded;
    private int failed;

    SlotProgress(Execution run, int hour, String date, List<BriefUsers.User> due) {
        this.run = run;
        this.hour = hour;
        this.date = date;
        due.forEach(user -> users.put(user.id().toString(), user));
        Map<String, @Nullable Object> fields = fields("collect");
        fields.put("hour_utc", hour);
        fields.put("total_users", due.size());
        tell("collect", due.size() + " users", fields);
    }

    void hear(ChildNews news) {
        String id = news.child().name();
        if (started.add(id)) {
            start(id);
        }
        switch (news) {
            case ChildNews.Started begun -> {}
            case ChildNews.Ended(Child child, String data) -> end(id, data);
            case ChildNews.Failed(Child child, String message) -> fail(id, message);
        }
    }

    private void start(String id) {
        BriefUsers.User user = users.get(id);
        Map<String, @Nullable Object> fields = user("generate", id, date);
        fields.put("index", started.size());
        fields.put("total", users.size());
        fields.put("last_active_at", user == null ? null : user.lastActiveAt());
        tell("generate", "user " + id, fields);
    }

    private void end(String id, @Nullable String data) {
        try {
            Payload result = Payload.of(data == null ? "" : data);
            if (!result.text("status", "").equals("ready")) {
                fail(id, DISABLED);
                return;
            }
            succeeded++;
            Map<String, @Nullable Object> fields = user("user_succeeded", id, result.text("key_date", date));
            fields.put("content_length", result.integer("content_length", 0));
            tell("user_succeeded", "user " + id, fields);
        } catch (InvalidPayloadException e) {
            fail(id, "the brief's result cannot be read");
        }
    }

    private void fail(String id, String message) {
        failed++;
        String error = message.substring(0, Math.min(LONGEST_ERROR, message.length()));
        Map<String, @Nullable Object> fields = user("user_failed", id, date);
        fields.put("error", error);
        tell("user_failed", "user " + id + ": " + error, fields);
    }

    /** Tells how it came out; the same as a JSON object for the result. */
    String summary(boolean canceled) {
        Map<String, @Nullable Object> summary = new LinkedHashMap<>();
        summary.put("total", users.size());
        summary.put("succeeded", succeeded);
        summary.put("failed", failed);
        summary.put("canceled", canceled);
        Map<String, @Nullable Object> fields = fields("summary");
        fields.putAll(summary);
        tell("summary", succeeded + " of " + users.size() + " briefs", fields);
        summary.put("hour_utc", hour);
        return Payload.json(summary);
    }

    boolean allFailed() {
        return failed > 0 && succeeded == 0;
    }

    String failure() {
        return "daily slot %02d failed for all users (failed=%d, total=%d)".formatted(hour, failed, users.size());
    }

    private Map<String, @Nullable Object> user(String stage, String id, String keyDate) {
        BriefUsers.User user = users.get(id);
        Map<String, @Nullable Object> fields = fields(stage);
        fields.put("user_id", user == null ? id : user.id());
        fields.put("key_date", keyDate);
        return fields;
    }

    private Map<String, @Nullable Object> fields(String stage) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("stage", stage);
        fields.put("task_id", run.work().id());
        return fields;
    }

    private void tell(String stage, String message, Map<String, @Nullable Object> fields) {
        int ended = succeeded + failed;
        run.progress(users.isEmpty() ? 0 : ended * WHOLE / users.size(), stage, message, Payload.json(fields));
    }
}
