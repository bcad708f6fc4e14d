package io.taskhub.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A task's 128-bit UUIDv7 and its spellings (decisions §1): {@code <uuid>} in v1 and admin, {@code tsk_} and 26 Crockford
 * base-32 characters in Task Center, {@code job-<uuid>} in event-job. The fourth spelling, TaskHub's integer, is a number
 * that only task-service can resolve.
 */
public record TaskId(UUID uuid) implements Comparable<TaskId> {
    private static final String CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final String TSK = "tsk_";
    private static final String JOB = "job-";
    private static final int TSK_DIGITS = 26;
    private static final long VERSION_7 = 0x7000L;
    private static final long RANDOM_A = 0x0FFFL;
    private static final long VARIANT = 0x8000000000000000L;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Pattern UUID_FORM =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    /** A new one, of this millisecond. */
    public static TaskId next() {
        long high = (System.currentTimeMillis() << 16) | VERSION_7 | (RANDOM.nextLong() & RANDOM_A);
        return new TaskId(new UUID(high, (RANDOM.nextLong() >>> 2) | VARIANT));
    }

    /** Any spelling but the integer; empty when the text is none of them. Never throws. */
    public static Optional<TaskId> parse(String text) {
        if (text.startsWith(TSK)) {
            return parseCrockford(text.substring(TSK.length()));
        }
        String bare = text.startsWith(JOB) ? text.substring(JOB.length()) : text;
        return UUID_FORM.matcher(bare).matches() ? Optional.of(new TaskId(UUID.fromString(bare))) : Optional.empty();
    }

    @JsonCreator
    public static TaskId of(String uuid) {
        return new TaskId(UUID.fromString(uuid));
    }

    private static Optional<TaskId> parseCrockford(String digits) {
        if (digits.length() != TSK_DIGITS) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (char c : digits.toUpperCase(Locale.ROOT).toCharArray()) {
            int value = CROCKFORD.indexOf(c);
            if (value < 0 || (high >>> 59) != 0) {
                return Optional.empty();
            }
            high = (high << 5) | (low >>> 59);
            low = (low << 5) | value;
        }
        return Optional.of(new TaskId(new UUID(high, low)));
    }

    /** Task Center's spelling. */
    public String tsk() {
        char[] out = new char[TSK_DIGITS];
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        for (int i = TSK_DIGITS - 1; i >= 0; i--) {
            out[i] = CROCKFORD.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return TSK + new String(out);
    }

    /** Event-job's spelling. */
    public String job() {
        return JOB + uuid;
    }

    /** When the id was made, in epoch milliseconds: the first 48 bits of a UUIDv7. */
    public long epochMillis() {
        return uuid.getMostSignificantBits() >>> 16;
    }

    @Override
    public int compareTo(TaskId other) {
        int high = Long.compareUnsigned(uuid.getMostSignificantBits(), other.uuid.getMostSignificantBits());
        return high != 0
                ? high
                : Long.compareUnsigned(uuid.getLeastSignificantBits(), other.uuid.getLeastSignificantBits());
    }

    @JsonValue
    @Override
    public String toString() {
        return uuid.toString();
    }
}
