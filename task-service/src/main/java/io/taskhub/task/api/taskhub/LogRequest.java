package io.taskhub.task.api.taskhub;

import io.taskhub.task.LogQuery;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The query of {@code GET /api/tasks/logs}: {@code from} 1 and {@code limit} 200 by default, the limit clamped to 1..2000. */
record LogRequest(LogQuery query) {
    private static final long DEFAULT_LIMIT = 200;
    private static final long MAX_LIMIT = 2_000;

    static LogRequest parse(Function<String, @Nullable String> parameters) {
        String task = parameters.apply("task_id");
        if (task == null || task.isBlank()) {
            throw TaskHubError.badRequest("missing task_id");
        }
        String runId = parameters.apply("run_id");
        long from = number(parameters, "from", 1);
        if (from < 0) {
            throw TaskHubError.badRequest("from must not be negative");
        }
        long limit = Math.clamp(number(parameters, "limit", DEFAULT_LIMIT), 1, MAX_LIMIT);
        return new LogRequest(
                new LogQuery(task, runId == null || runId.isBlank() ? null : runId, from, (int) limit, Map.of()));
    }

    private static long number(Function<String, @Nullable String> parameters, String name, long absent) {
        String text = parameters.apply(name);
        return text == null || text.isBlank() ? absent : Numbers.parse(name, text);
    }
}
