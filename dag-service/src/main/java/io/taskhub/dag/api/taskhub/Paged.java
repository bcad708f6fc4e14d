package io.taskhub.dag.api.taskhub;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The data of a list.
 *
 * @param next_before additive: what {@code before} gives the next page, absent at the end; opaque to clients
 */
record Paged<T>(
        List<T> items,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String next_before) {

    /** @param found asked for with a limit of {@code size} + 1, to know whether there is more */
    static <R, T> Paged<T> of(List<R> found, int size, Function<R, T> item, Function<R, String> place) {
        List<R> page = found.subList(0, Math.min(size, found.size()));
        return new Paged<>(page.stream().map(item).toList(), found.size() > size ? place.apply(page.getLast()) : null);
    }
}
