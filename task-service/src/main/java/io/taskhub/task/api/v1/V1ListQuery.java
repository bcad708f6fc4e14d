package io.taskhub.task.api.v1;

import io.taskhub.task.TaskFilter;
import io.taskhub.task.api.Cursor;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The additive {@code GET /api/v1/tasks}: {@code queue}, {@code state}, {@code type}, {@code limit} (20, clamped to 1..100),
 * {@code cursor}, {@code include=children}; newest first. An empty parameter counts as absent.
 */
record V1ListQuery(int pageSize, TaskFilter filter) {
    private static final long DEFAULT_LIMIT = 20;
    private static final long MAX_LIMIT = 100;

    static V1ListQuery parse(Function<String, @Nullable String> parameters) {
        Function<String, @Nullable String> given = name -> {
            String value = parameters.apply(name);
            return value == null || value.isBlank() ? null : value;
        };
        String queue = given.apply("queue");
        String state = given.apply("state");
        int size = limit(given.apply("limit"));
        return new V1ListQuery(
                size,
                new TaskFilter(
                        state == null ? Set.of() : V1State.parse(state),
                        Set.of(),
                        queue == null ? null : Queues.name(queue),
                        given.apply("type"),
                        null,
                        "children".equals(given.apply("include")),
                        cursor(given.apply("cursor")),
                        true,
                        size + 1));
    }

    private static int limit(@Nullable String limit) {
        try {
            return (int) Math.clamp(limit == null ? DEFAULT_LIMIT : Long.parseLong(limit), 1L, MAX_LIMIT);
        } catch (NumberFormatException e) {
            throw V1Error.invalid("limit must be a whole number");
        }
    }

    private static @Nullable Long cursor(@Nullable String cursor) {
        return cursor == null
                ? null
                : Cursor.parse(cursor).orElseThrow(() -> V1Error.invalid("cursor is not one of ours"));
    }
}
