package io.taskhub.e2e;

import java.util.Comparator;

/** Order of {@code <epoch_ms>-<n>}. */
final class StreamIds {
    static final Comparator<String> ORDER =
            Comparator.comparingLong((String id) -> part(id, 0)).thenComparingLong(id -> part(id, 1));

    private StreamIds() {}

    private static long part(String id, int index) {
        return Long.parseLong(id.split("-", -1)[index]);
    }
}
