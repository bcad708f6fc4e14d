package io.taskhub.task.api.v1;

import io.taskhub.contracts.TaskEvent;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names a progress entry: {@code <epoch_ms>-<seq of its event>}, strictly increasing per task (decisions §4). */
record StreamId(long millis, long seq) implements Comparable<StreamId> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,18})(?:-(\\d{1,18}))?");
    private static final Comparator<StreamId> ORDER =
            Comparator.comparingLong(StreamId::millis).thenComparingLong(StreamId::seq);

    static StreamId of(TaskEvent.Subject subject) {
        return new StreamId(subject.ts_ms(), subject.seq());
    }

    /** Without {@code -seq} it is before every entry of that millisecond. */
    static Optional<StreamId> parse(String text) {
        Matcher form = FORM.matcher(text);
        return form.matches()
                ? Optional.of(new StreamId(
                        Long.parseLong(form.group(1)), form.group(2) == null ? 0 : Long.parseLong(form.group(2))))
                : Optional.empty();
    }

    @Override
    public int compareTo(StreamId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return millis + "-" + seq;
    }
}
