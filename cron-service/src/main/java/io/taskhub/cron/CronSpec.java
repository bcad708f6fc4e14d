package io.taskhub.cron;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Five fields of Unix cron: minute, hour, day-of-month, month, day-of-week (decisions §3). A day field that begins with a star does
 * not restrict by itself; when both day fields are restricted, a day that fits either one fits.
 */
public final class CronSpec {
    private static final int FIELDS = 5;
    private static final int MINUTES = 60;

    /** 29 February on a given weekday is at most 40 years away. */
    private static final int HORIZON_YEARS = 45;

    private final String text;
    private final long minutes;
    private final long hours;
    private final long days;
    private final long months;
    private final long weekdays;
    private final boolean eitherDay;
    private final boolean everyHour;

    private CronSpec(String text, String[] fields) {
        this.text = text;
        this.minutes = CronField.MINUTE.values(fields[0]);
        this.hours = CronField.HOUR.values(fields[1]);
        this.days = CronField.DAY_OF_MONTH.values(fields[2]);
        this.months = CronField.MONTH.values(fields[3]);
        this.weekdays = CronField.DAY_OF_WEEK.values(fields[4]);
        this.eitherDay = !fields[2].startsWith("*") && !fields[4].startsWith("*");
        this.everyHour = fields[1].startsWith("*");
    }

    /**
     * Reads a spec.
     *
     * @throws InvalidSpecException naming the field, as in {@code minute: 61 is not in 0-59}
     */
    public static CronSpec parse(String text) {
        String[] fields = text.strip().split("\\s+");
        if (fields.length != FIELDS) {
            throw new InvalidSpecException(
                    "spec: exactly five fields are wanted (minute hour day-of-month month day-of-week), not "
                            + (text.isBlank() ? 0 : fields.length));
        }
        CronSpec spec = new CronSpec(String.join(" ", fields), fields);
        if (spec.nextOrSame(LocalDate.EPOCH.atStartOfDay()) == null) {
            throw CronField.DAY_OF_MONTH.refused("the spec never fires, no such day is in month " + fields[3]);
        }
        return spec;
    }

    /** The hour is {@code *} or a step of it: such a job follows elapsed time over a change of the clocks, all others the wall clock. */
    public boolean everyHour() {
        return everyHour;
    }

    /** Whether the minute that begins then, in local time, is one of the spec's. */
    public boolean matches(LocalDateTime local) {
        return has(minutes, local.getMinute())
                && has(hours, local.getHour())
                && has(months, local.getMonthValue())
                && matches(local.toLocalDate());
    }

    /** The first full minute from then on that matches; null when none comes within 45 years. */
    @Nullable
    LocalDateTime nextOrSame(LocalDateTime from) {
        LocalDateTime first = from.truncatedTo(ChronoUnit.MINUTES);
        if (first.isBefore(from)) {
            first = first.plusMinutes(1);
        }
        LocalDate day = first.toLocalDate();
        LocalDate end = day.plusYears(HORIZON_YEARS);
        int earliest = first.getHour() * MINUTES + first.getMinute();
        while (day.isBefore(end)) {
            if (!has(months, day.getMonthValue())) {
                day = day.withDayOfMonth(1).plusMonths(1);
                earliest = 0;
                continue;
            }
            LocalTime time = matches(day) ? timeFrom(earliest) : null;
            if (time != null) {
                return day.atTime(time);
            }
            day = day.plusDays(1);
            earliest = 0;
        }
        return null;
    }

    private boolean matches(LocalDate day) {
        boolean byDay = has(days, day.getDayOfMonth());
        boolean byWeekday = has(weekdays, day.getDayOfWeek().getValue() % 7);
        return eitherDay ? byDay || byWeekday : byDay && byWeekday;
    }

    private @Nullable LocalTime timeFrom(int minuteOfDay) {
        int hour = minuteOfDay / MINUTES;
        if (has(hours, hour)) {
            long left = minutes & (-1L << (minuteOfDay % MINUTES));
            if (left != 0) {
                return LocalTime.of(hour, Long.numberOfTrailingZeros(left));
            }
        }
        long later = hours & (-1L << (hour + 1));
        return later == 0 ? null : LocalTime.of(Long.numberOfTrailingZeros(later), Long.numberOfTrailingZeros(minutes));
    }

    private static boolean has(long bits, int value) {
        return (bits & (1L << value)) != 0;
    }

    /** As it was written, blanks made single. */
    @Override
    public String toString() {
        return text;
    }
}
