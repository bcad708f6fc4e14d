package io.taskhub.task.api;

import io.taskhub.task.Task;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where the next page of a list starts, opaque to clients: the number of the last task of the page before. */
public final class Cursor {
    private static final String MARK = "c_";
    private static final int RADIX = 36;

    private Cursor() {}

    /** A list cut to a page, with the cursor of the next one when there is more. */
    public record Page(List<Task> tasks, @Nullable String next) {}

    /** {@code found} was asked for with a limit of {@code size} + 1. */
    public static Page page(List<Task> found, int size) {
        if (found.size() <= size) {
            return new Page(found, null);
        }
        List<Task> page = found.subList(0, size);
        return new Page(page, of(page.getLast().number()));
    }

    public static String of(long number) {
        return MARK + Long.toString(number, RADIX);
    }

    /** Empty when it is none of ours. */
    public static Optional<Long> parse(String cursor) {
        try {
            return cursor.startsWith(MARK)
                    ? Optional.of(Long.parseUnsignedLong(cursor.substring(MARK.length()), RADIX))
                            .filter(number -> number > 0)
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
