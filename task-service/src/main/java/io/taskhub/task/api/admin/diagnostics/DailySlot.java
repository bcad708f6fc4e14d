package io.taskhub.task.api.admin.diagnostics;

import io.taskhub.task.TaskCatalog.Phase;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code brief_daily_slot}.
 *
 * @param hour_utc 0 to 23
 * @param users by id
 */
public record DailySlot(@Nullable Long hour_utc, Summary summary, List<User> users) {
    static final String TYPE = "brief.daily_slot";

    private static final String SUCCEEDED = "succeeded";
    private static final String FAILED = "failed";
    private static final String TOTAL = "total";
    private static final String CANCELED = "canceled";
    private static final List<String> COUNTS = List.of(TOTAL, SUCCEEDED, FAILED);

    /** Users by what became of their briefs. {@code progressed_users}: those that were begun. */
    public record Summary(
            long total_users, long progressed_users, long succeeded_users, long failed_users, boolean canceled) {}

    /** One user's brief. {@code state}: running, succeeded or failed. */
    public record User(
            UserId user_id,
            @Nullable String key_date,
            String state,
            @Nullable String error,
            String last_event_at) {}

    static DailySlot of(Evidence evidence) {
        Collection<User> users = users(evidence);
        Long hour = evidence.payload().integer("hour_utc");
        return new DailySlot(
                hour == null ? evidence.result().integer("hour_utc") : hour,
                summary(evidence, users),
                List.copyOf(users));
    }

    private static Collection<User> users(Evidence evidence) {
        Map<UserId, User> users = new TreeMap<>();
        for (Evidence.Step step : evidence.steps()) {
            String state =
                    switch (step.stage()) {
                        case "generate" -> "running";
                        case "user_succeeded" -> SUCCEEDED;
                        case "user_failed" -> FAILED;
                        default -> null;
                    };
            UserId id = step.facts().user("user_id");
            if (state != null && id != null) {
                users.put(id, user(id, users.get(id), state, step));
            }
        }
        return users.values();
    }

    private static User user(UserId id, @Nullable User before, String state, Evidence.Step step) {
        String date = step.facts().text("key_date");
        return new User(
                id,
                date == null && before != null ? before.key_date() : date,
                state,
                state.equals(FAILED) ? step.facts().text("error") : null,
                step.at());
    }

    /** The worker's own sums where it told them, else what can be counted. */
    private static Summary summary(Evidence evidence, Collection<User> users) {
        Facts told = evidence.last("summary");
        Facts sums = told != null && told.hasAny(COUNTS) ? told : evidence.result();
        long succeeded = sums.count(SUCCEEDED, count(users, SUCCEEDED));
        long failed = sums.count(FAILED, count(users, FAILED));
        Boolean canceled = sums.flag(CANCELED);
        return new Summary(
                sums.count(TOTAL, Math.max(users.size(), collected(evidence))),
                Math.max(Math.max(users.size(), furthest(evidence)), succeeded + failed),
                succeeded,
                failed,
                canceled == null ? evidence.phase() == Phase.CANCELED : canceled);
    }

    private static long collected(Evidence evidence) {
        Facts collected = evidence.last("collect");
        return collected == null ? 0 : collected.count("total_users", 0);
    }

    /** The number of the last user that was begun, from 1. */
    private static long furthest(Evidence evidence) {
        return evidence.steps().stream()
                .filter(step -> step.stage().equals("generate"))
                .mapToLong(step -> step.facts().count("index", 0))
                .max()
                .orElse(0);
    }

    private static long count(Collection<User> users, String state) {
        return users.stream().filter(user -> user.state().equals(state)).count();
    }
}
