package io.taskhub.realtime.sse;

import io.taskhub.contracts.TaskEvent;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The id of a progress entry, {@code <epoch_ms>-<n>} (decisions §4): n is the event's sequence number. Ids of a task are ordered as
 * its events are.
 */
public record StreamId(long ms, int n) implements Comparable<StreamId> {
    public static final StreamId BEGINNING = new StreamId(0, 0);

    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-(\\d{1,9}))?");
    private static final Comparator<StreamId> ORDER =
            Comparator.comparingLong(StreamId::ms).thenComparingInt(StreamId::n);

    public static StreamId of(TaskEvent event) {
        return new StreamId(event.subject().ts_ms(), event.subject().seq());
    }

    /** Also the short form without n, which clients use as {@code 0}. */
    public static Optional<StreamId> parse(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        String n = form.group(2);
        return Optional.of(new StreamId(Long.parseLong(form.group(1)), n == null ? 0 : Integer.parseInt(n)));
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return ms + "-" + n;
    }
}
