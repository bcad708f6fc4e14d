package io.taskhub.cron.api.taskhub;

import io.taskhub.cron.InvalidSpecException;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** Times as callers write them: RFC 3339, or epoch milliseconds as a number or its text. */
final class Times {
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,14}");

    private Times() {}

    /** @throws InvalidSpecException naming the field */
    static long parse(String field, String text) {
        if (DIGITS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        try {
            return OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new InvalidSpecException(
                    field + ": '" + text + "' is neither an RFC 3339 time nor epoch milliseconds");
        }
    }
}
