package io.taskhub.task.api.taskhub;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskFilter;
import io.taskhub.task.api.Cursor;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.api.TaskCenterStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /api/tasks} asks for. With none of {@code limit|status|since|order|cursor|view} it is TaskHub's list: the
 * newest 1,000, ascending. With any of them it is Task Center's: newest first, 20 a page (decisions §1). A parameter that is
 * there but empty counts as absent.
 *
 * @param pageSize 1 to 100, or 1,000 in TaskHub's form
 * @param filter asks for one more than {@code pageSize} in Task Center's form, to know whether there is more
 */
record ListQuery(boolean taskCenter, int pageSize, TaskFilter filter) {
    private static final int TASKHUB_SIZE = 1_000;
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** @param parameters the query's, by name; null or empty when absent */
    static ListQuery parse(Function<String, @Nullable String> parameters) {
        Function<String, @Nullable String> given = name -> {
            String value = parameters.apply(name);
            return value == null || value.isBlank() ? null : value;
        };
        boolean children = children(given.apply("include"));
        boolean taskCenter = view(given.apply("view"))
                || Stream.of("limit", "status", "since", "order", "cursor").anyMatch(name -> given.apply(name) != null);
        if (!taskCenter) {
            return new ListQuery(false, TASKHUB_SIZE, filter(Set.of(), null, children, null, true, TASKHUB_SIZE));
        }
        int size = limit(given.apply("limit"));
        TaskFilter filter = filter(
                states(given.apply("status")),
                since(given.apply("since")),
                children,
                cursor(given.apply("cursor")),
                newestFirst(given.apply("order")),
                size + 1);
        return new ListQuery(true, size, filter);
    }

    private static TaskFilter filter(
            Set<TaskState> states,
            @Nullable Instant since,
            boolean children,
            @Nullable Long after,
            boolean newestFirst,
            int limit) {
        return new TaskFilter(states, Set.of(), null, null, since, children, after, newestFirst, limit);
    }

    private static boolean children(@Nullable String include) {
        if (include != null && !include.equals("children")) {
            throw TaskHubError.badRequest("include must be children");
        }
        return include != null;
    }

    private static boolean view(@Nullable String view) {
        if (view != null && !view.equals("task-center")) {
            throw TaskHubError.badRequest("view must be task-center");
        }
        return view != null;
    }

    private static int limit(@Nullable String limit) {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        return (int) Math.clamp(Numbers.parse("limit", limit), 1L, MAX_LIMIT);
    }

    private static Set<TaskState> states(@Nullable String status) {
        if (status == null) {
            return Set.of();
        }
        return TaskCenterStatus.parse(status)
                .orElseThrow(() -> TaskHubError.badRequest("status must be queued, running, success or failed"))
                .states();
    }

    /** Times are shown in milliseconds: what a client saw last must not be "after" itself by a part of one. */
    private static @Nullable Instant since(@Nullable String since) {
        if (since == null) {
            return null;
        }
        Instant time =
                Rfc3339.parse(since).orElseThrow(() -> TaskHubError.badRequest("since must be an RFC 3339 time"));
        boolean asShown = time.equals(time.truncatedTo(ChronoUnit.MILLIS));
        return asShown ? time.plus(999, ChronoUnit.MICROS) : time;
    }

    private static @Nullable Long cursor(@Nullable String cursor) {
        return cursor == null
                ? null
                : Cursor.parse(cursor).orElseThrow(() -> TaskHubError.badRequest("cursor is not one of ours"));
    }

    private static boolean newestFirst(@Nullable String order) {
        return switch (order) {
            case null -> true;
            case "desc" -> true;
            case "asc" -> false;
            default -> throw TaskHubError.badRequest("order must be asc or desc");
        };
    }
}
