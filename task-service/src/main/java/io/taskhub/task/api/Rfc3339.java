package io.taskhub.task.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as the contracts write them, always in UTC: milliseconds unless a contract shows another form (decisions §1). */
public final class Rfc3339 {
    private static final Pattern FORM =
            Pattern.compile("\\d{4}-\\d{2}-\\d{2}[Tt]\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?([Zz]|[+-]\\d{2}:\\d{2})");
    private static final DateTimeFormatter MILLIS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'");
    private static final DateTimeFormatter MICROS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'");
    private static final DateTimeFormatter NANOS = formatter("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS'+00:00'");

    private Rfc3339() {}

    /** With any offset; empty when it is not RFC 3339. A blank stands for the "+" that a query string lost. */
    public static Optional<Instant> parse(String text) {
        String plain = text.replace(' ', '+');
        if (!FORM.matcher(plain).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    OffsetDateTime.parse(plain.toUpperCase(Locale.ROOT)).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    public static String millis(Instant time) {
        return MILLIS.format(time);
    }

    public static @Nullable String micros(@Nullable Instant time) {
        return time == null ? null : MICROS.format(time);
    }

    /** With its offset in digits. */
    public static String nanos(Instant time) {
        return NANOS.format(time);
    }

    public static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static DateTimeFormatter formatter(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }
}
