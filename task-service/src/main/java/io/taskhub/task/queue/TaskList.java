package io.taskhub.task.queue;

import io.taskhub.contracts.TaskState;
import io.taskhub.task.TaskCatalog;
import io.taskhub.task.TaskFilter;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Codes;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL that finds the page of a {@link TaskFilter}. Each source reads an index from one end and is cut off before anything is asked
 * of its rows, so that a question which nearly no task answers costs no more than any other. What is sorted by number is also
 * read in that order and stops with the page.
 */
final class TaskList {
    private static final int REACH = TaskCatalog.REACH;
    private static final String COLUMNS = "SELECT number, state, origin, queue, type, updated_at, child FROM task ";

    /** Partial indexes that hold only what they name, in no useful order. Of the held ones some have ended. */
    static final String WAITING = COLUMNS + "WHERE state IN (0, 1, 3) AND NOT held LIMIT " + REACH;

    static final String HELD = COLUMNS + "WHERE held LIMIT " + REACH;
    static final String RUNNING = COLUMNS + "WHERE state = 2 LIMIT " + REACH;

    /** So many wait that {@link #WAITING} does not have them all: then the newest of all are looked through besides. */
    static final String BACKLOG =
            "EXISTS (SELECT FROM task WHERE state IN (0, 1, 3) AND NOT held OFFSET " + (REACH - 1) + ")";

    private static final String BETWEEN = "number > ? AND number < ?";

    private TaskList() {}

    /** Where tasks are looked for. */
    private enum Source {
        WAITING(TaskList.WAITING, false),
        HELD(TaskList.HELD, false),
        RUNNING(TaskList.RUNNING, false),
        FAILED("state = 5 AND ", true),
        CANCELLED("state = 6 AND ", true),
        NEWEST("", true),
        NEWEST_OF_BACKLOG("", true);

        private final String sql;
        private final boolean inOrder;

        /** @param sql all of it, or what begins the condition of one that is read in the order of numbers */
        Source(String sql, boolean inOrder) {
            this.sql = sql;
            this.inOrder = inOrder;
        }
    }

    /** The common table {@code page (number)} of a query, its parameters to be bound by {@link #bind}. */
    static String page(TaskFilter filter) {
        String conditions = conditions(filter);
        String end = order(filter.newestFirst()) + " LIMIT ?";
        String found = sources(filter).stream()
                .map(source -> "(SELECT number FROM (" + rows(source, filter) + ") s WHERE " + conditions
                        + (source == Source.NEWEST_OF_BACKLOG ? " AND " + BACKLOG : "") + end + ")")
                .collect(Collectors.joining(" UNION "));
        return "WITH page AS MATERIALIZED (SELECT number FROM (" + found + ") f" + end + ") ";
    }

    static Binder bind(Binder query, TaskFilter filter) throws SQLException {
        for (Source source : sources(filter)) {
            if (source.inOrder) {
                bindBetween(query, filter);
            }
            bindConditions(query, filter);
            query.integer(filter.limit());
        }
        return query.integer(filter.limit());
    }

    private static Set<Source> sources(TaskFilter filter) {
        if (filter.states().isEmpty()) {
            return isNarrow(filter)
                    ? EnumSet.of(Source.NEWEST, Source.WAITING, Source.HELD, Source.RUNNING)
                    : EnumSet.of(Source.NEWEST);
        }
        Set<Source> sources = EnumSet.noneOf(Source.class);
        for (TaskState state : filter.states()) {
            sources.addAll(
                    switch (state) {
                        case SCHEDULED, PENDING, RETRY ->
                            EnumSet.of(Source.WAITING, Source.HELD, Source.NEWEST_OF_BACKLOG);
                        case ACTIVE -> EnumSet.of(Source.RUNNING);
                        case COMPLETED -> EnumSet.of(Source.NEWEST);
                        case ARCHIVED -> EnumSet.of(Source.FAILED);
                        case CANCELLED -> EnumSet.of(Source.CANCELLED);
                    });
        }
        return sources;
    }

    private static boolean isNarrow(TaskFilter filter) {
        return !filter.origins().isEmpty()
                || filter.queue() != null
                || filter.type() != null
                || filter.changedSince() != null;
    }

    /** What changed lately is among the newest, in whatever order it is shown. */
    private static String rows(Source source, TaskFilter filter) {
        return source.inOrder
                ? COLUMNS + "WHERE " + source.sql + BETWEEN
                        + order(filter.newestFirst() || filter.changedSince() != null) + " LIMIT " + REACH
                : source.sql;
    }

    private static String order(boolean newestFirst) {
        return newestFirst ? " ORDER BY number DESC" : " ORDER BY number";
    }

    private static String conditions(TaskFilter filter) {
        return BETWEEN
                + (filter.states().isEmpty() ? "" : " AND state = ANY (?)")
                + (filter.origins().isEmpty() ? "" : " AND origin = ANY (?)")
                + (filter.queue() == null ? "" : " AND queue = ?")
                + (filter.type() == null ? "" : " AND type = ?")
                + (filter.changedSince() == null ? "" : " AND updated_at > ?")
                + (filter.children() ? "" : " AND NOT child");
    }

    private static void bindConditions(Binder query, TaskFilter filter) throws SQLException {
        bindBetween(query, filter);
        if (!filter.states().isEmpty()) {
            query.integers(List.copyOf(filter.states()), Codes::of);
        }
        if (!filter.origins().isEmpty()) {
            query.integers(List.copyOf(filter.origins()), Codes::of);
        }
        if (filter.queue() != null) {
            query.text(filter.queue());
        }
        if (filter.type() != null) {
            query.text(filter.type());
        }
        Instant since = filter.changedSince();
        if (since != null) {
            query.number(since.toEpochMilli());
        }
    }

    private static void bindBetween(Binder query, TaskFilter filter) throws SQLException {
        Long after = filter.after();
        query.number(after == null || filter.newestFirst() ? 0 : after)
                .number(after == null || !filter.newestFirst() ? Long.MAX_VALUE : after);
    }
}
