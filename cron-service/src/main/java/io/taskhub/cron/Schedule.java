package io.taskhub.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * A spec in a time zone: when it fires, in epoch milliseconds. Over a change of the clocks it does as ISC cron does. When the hour
 * is restricted, a local time that is left out fires once, at the first instant after the gap, and one that comes twice fires at
 * its first coming. When the hour is {@code *} or a step of it, elapsed time counts: what is left out is not made up for, what
 * comes twice fires twice.
 */
public record Schedule(CronSpec spec, ZoneId zone) {
    private static final long FIRST_WINDOW_MS = 60_000;

    /**
     * Reads both.
     *
     * @param timezone an IANA name
     * @throws InvalidSpecException naming the field
     */
    public static Schedule of(String spec, String timezone) {
        if (!ZoneId.getAvailableZoneIds().contains(timezone)) {
            throw new InvalidSpecException("timezone: '" + timezone + "' is not an IANA time zone");
        }
        return new Schedule(CronSpec.parse(spec), ZoneId.of(timezone));
    }

    /** The first fire strictly after that; empty when there is none. */
    public OptionalLong nextAfter(long afterMs) {
        Instant at = Instant.ofEpochMilli(afterMs);
        ZoneRules rules = zone.getRules();
        ZoneOffset offset = rules.getOffset(at);
        LocalDateTime from = notRepeated(
                rules,
                at,
                LocalDateTime.ofInstant(at, offset)
                        .truncatedTo(ChronoUnit.MINUTES)
                        .plusMinutes(1));
        while (true) {
            LocalDateTime match = spec.nextOrSame(from);
            if (match == null) {
                return OptionalLong.empty();
            }
            ZoneOffsetTransition change = rules.nextTransition(at);
            if (change == null || match.isBefore(change.getDateTimeBefore())) {
                return OptionalLong.of(match.toInstant(offset).toEpochMilli());
            }
            at = change.getInstant();
            offset = change.getOffsetAfter();
            if (change.isGap() && !spec.everyHour() && match.isBefore(change.getDateTimeAfter())) {
                return OptionalLong.of(at.toEpochMilli());
            }
            boolean again = change.isOverlap() && !spec.everyHour();
            from = again ? change.getDateTimeBefore() : change.getDateTimeAfter();
        }
    }

    /** The next fires after that, at most {@code most}, none after {@code untilMs}. */
    public List<Long> after(long afterMs, long untilMs, int most) {
        List<Long> times = new ArrayList<>();
        OptionalLong next = nextAfter(afterMs);
        while (next.isPresent() && next.getAsLong() <= untilMs && times.size() < most) {
            times.add(next.getAsLong());
            next = nextAfter(next.getAsLong());
        }
        return times;
    }

    /** The last fire in a span, both ends included. */
    public OptionalLong lastIn(long fromMs, long untilMs) {
        for (long window = FIRST_WINDOW_MS; ; window *= 4) {
            long begin = Math.max(fromMs, untilMs - window) - 1;
            OptionalLong last = OptionalLong.empty();
            OptionalLong next = nextAfter(begin);
            while (next.isPresent() && next.getAsLong() <= untilMs) {
                last = next;
                next = nextAfter(next.getAsLong());
            }
            if (last.isPresent() || begin < fromMs) {
                return last;
            }
        }
    }

    /** Within the second coming of an hour, a schedule that counts by the wall clock goes on where the hour ends. */
    private LocalDateTime notRepeated(ZoneRules rules, Instant at, LocalDateTime from) {
        ZoneOffsetTransition last = spec.everyHour() ? null : rules.previousTransition(at.plusMillis(1));
        return last != null && last.isOverlap() && from.isBefore(last.getDateTimeBefore())
                ? last.getDateTimeBefore()
                : from;
    }
}
