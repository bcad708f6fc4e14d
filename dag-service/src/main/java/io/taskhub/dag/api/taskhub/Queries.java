package io.taskhub.dag.api.taskhub;

import io.taskhub.dag.NodeStatus;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.query.EventFilter;
import io.taskhub.dag.query.NodeFilter;
import io.taskhub.dag.query.RunFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The three lists' queries (taskhub.md, "DAG run"), each asking for one more than the page, to know whether there is more. Additive:
 * {@code source} and {@code status} of runs, {@code status} and {@code logical_id} of nodes, {@code before} of all.
 */
final class Queries {
    private static final int RUNS = 100;
    private static final int MAX_RUNS = 500;
    private static final int ROWS = 200;
    private static final int MAX_ROWS = 1_000;

    private Queries() {}

    static RunFilter runs(Parameters query) {
        String[] before = query.before();
        return new RunFilter(
                query.text("run_id"),
                query.text("name"),
                query.text("source"),
                status(query, RunStatus.values(), RunStatus::code),
                query.number("start_ts_ms"),
                query.number("end_ts_ms"),
                before == null ? null : new RunFilter.Before(Parameters.place(before[0]), before[1]),
                query.limit(RUNS, MAX_RUNS) + 1);
    }

    static NodeFilter nodes(Parameters query) {
        String before = query.text("before");
        return new NodeFilter(
                query.text("run_id"),
                query.text("name"),
                query.text("logical_id"),
                status(query, NodeStatus.values(), NodeStatus::code),
                before == null ? null : Parameters.place(before),
                query.limit(ROWS, MAX_ROWS) + 1);
    }

    /** @return null when the {@code type} asked for is one that no event has */
    static @Nullable EventFilter events(Parameters query) {
        String type = query.text("type");
        if (type != null && !type.equals(EventItem.OF_NODE) && !type.equals(EventItem.OF_RUN)) {
            return null;
        }
        String[] before = query.before();
        return new EventFilter(
                query.text("run_id"),
                query.text("task_id"),
                type == null ? null : type.equals(EventItem.OF_NODE),
                query.text("event"),
                query.number("start_ts_ms"),
                query.number("end_ts_ms"),
                before == null
                        ? null
                        : new EventFilter.Before(Parameters.place(before[0]), Parameters.place(before[1])),
                query.limit(ROWS, MAX_ROWS) + 1);
    }

    /** The number that clients see, or the name. */
    private static <E extends Enum<E>> @Nullable E status(Parameters query, E[] statuses, Function<E, Integer> code) {
        String wanted = query.text("status");
        if (wanted == null) {
            return null;
        }
        String word = wanted.strip().toUpperCase(Locale.ROOT);
        return Arrays.stream(statuses)
                .filter(status -> status.name().equals(word)
                        || code.apply(status).toString().equals(word))
                .findFirst()
                .orElseThrow(() -> DagError.badRequest("status must be one of "
                        + Arrays.toString(statuses).toLowerCase(Locale.ROOT) + " or its number"));
    }
}
