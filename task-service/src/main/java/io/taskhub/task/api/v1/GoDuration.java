package io.taskhub.task.api.v1;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Durations as Go's {@code time.ParseDuration} reads and {@code String} writes them: {@code 30s}, {@code 1h30m}, {@code 1.5h},
 * {@code 500ms}. At most 2^63 − 1 ns, as there. Negative ones are refused: nothing here can be due before it is asked for.
 */
public final class GoDuration {
    private static final int MAX_LENGTH = 100;
    private static final Pattern PART = Pattern.compile("(\\d+\\.?\\d*|\\.\\d+)(ns|us|\u00b5s|\u03bcs|ms|s|m|h)");
    private static final long SECOND = 1_000_000_000L;

    private GoDuration() {}

    /** Empty when it is malformed, negative or too long. */
    public static Optional<Duration> parse(String text) {
        if (text.length() > MAX_LENGTH) {
            return Optional.empty();
        }
        String unsigned = text.startsWith("+") ? text.substring(1) : text;
        if (unsigned.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        Matcher part = PART.matcher(unsigned);
        BigInteger nanos = BigInteger.ZERO;
        int at = 0;
        while (at < unsigned.length()) {
            if (!part.region(at, unsigned.length()).lookingAt()) {
                return Optional.empty();
            }
            BigDecimal unit = BigDecimal.valueOf(nanos(part.group(2)));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit).toBigInteger());
            at = part.end();
        }
        boolean fits = at > 0 && nanos.bitLength() < Long.SIZE;
        return fits ? Optional.of(Duration.ofNanos(nanos.longValue())) : Optional.empty();
    }

    /** As Go prints it: {@code 30m0s}, {@code 1.5s}, {@code 500ms}, {@code 0s}. Not for negative ones. */
    public static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        if (duration.compareTo(Duration.ofSeconds(1)) < 0) {
            long nanos = duration.toNanos();
            return nanos < 1_000
                    ? nanos + "ns"
                    : nanos < 1_000_000 ? decimal(nanos, 3) + "\u00b5s" : decimal(nanos, 6) + "ms";
        }
        long hours = duration.toHours();
        String seconds = decimal(duration.toSecondsPart() * SECOND + duration.toNanosPart(), 9) + "s";
        String minutes = hours > 0 || duration.toMinutes() > 0 ? duration.toMinutesPart() + "m" : "";
        return (hours > 0 ? hours + "h" : "") + minutes + seconds;
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1;
            case "us", "\u00b5s", "\u03bcs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> 60 * SECOND;
            default -> 3_600 * SECOND;
        };
    }

    private static String decimal(long nanos, int digits) {
        BigDecimal value = BigDecimal.valueOf(nanos, digits);
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }
}
