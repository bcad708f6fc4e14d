package io.taskhub.dag.api.taskhub;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A request's query. What is empty counts as absent, and so does a number that is none: clients grew up with that. */
record Parameters(Function<String, @Nullable String> query) {

    @Nullable
    String text(String name) {
        String text = query.apply(name);
        return text == null || text.isBlank() ? null : text;
    }

    @Nullable
    Long number(String name) {
        String text = text(name);
        try {
            return text == null ? null : Long.valueOf(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Clamped to 1..{@code max}. */
    int limit(int absent, int max) {
        Long limit = number("limit");
        return limit == null ? absent : Math.clamp(limit, 1, max);
    }

    /** A place in a list: two parts of {@code before}, see {@link Paged}. */
    String @Nullable [] before() {
        String before = text("before");
        if (before == null) {
            return null;
        }
        String[] parts = before.split(":", 2);
        if (parts.length != 2) {
            throw notACursor();
        }
        return parts;
    }

    static long place(String part) {
        try {
            return Long.parseLong(part);
        } catch (NumberFormatException e) {
            throw notACursor();
        }
    }

    private static DagError notACursor() {
        return DagError.badRequest("before must be a next_before of this list");
    }
}
