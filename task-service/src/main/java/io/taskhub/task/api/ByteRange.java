package io.taskhub.task.api;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of a file a request wants (RFC 9110, section 14). */
sealed interface ByteRange {

    /** All of it: nothing else was asked for, or in a way that may be passed over. */
    record Whole() implements ByteRange {}

    /** @param length at least 1 */
    record Part(long from, long length) implements ByteRange {}

    /** Nothing of the file lies there. */
    record Unsatisfiable() implements ByteRange {}

    Pattern ONE = Pattern.compile("bytes=[ \\t]*(\\d*)-(\\d*)[ \\t]*", Pattern.CASE_INSENSITIVE);

    /** @param header the value of {@code Range}; several ranges and other units are passed over */
    static ByteRange of(@Nullable String header, long size) {
        Matcher one = ONE.matcher(header == null ? "" : header);
        if (!one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
            return new Whole();
        }
        if (one.group(1).isEmpty()) {
            long length = Math.min(number(one.group(2)), size);
            return length == 0 ? new Unsatisfiable() : new Part(size - length, length);
        }
        long from = number(one.group(1));
        long to = one.group(2).isEmpty() ? Long.MAX_VALUE : number(one.group(2));
        if (to < from) {
            return new Whole();
        }
        return from >= size ? new Unsatisfiable() : new Part(from, Math.min(to, size - 1) - from + 1);
    }

    /** A number with more digits than a long has lies beyond every file. */
    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return Long.MAX_VALUE;
        }
    }
}
