package io.taskhub.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ScheduleTest {
    private static final long MINUTE = 60_000;
    private static final List<String> ZONES = List.of(
            "UTC",
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Pacific/Apia",
            "America/St_Johns");

    /** Fires from a time on; each with the offset of its moment. */
    @ParameterizedTest(name = "{0} in {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                // The clocks go from 2:00 to 3:00.
                "30 2 * * *   | Europe/Berlin | 2026-03-28T12:00Z | 2026-03-29T03:00+02:00 2026-03-30T02:30+02:00",
                "*/20 2 * * * | Europe/Berlin | 2026-03-28T12:00Z | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
                "0 2,3 * * *  | Europe/Berlin | 2026-03-28T12:00Z | 2026-03-29T03:00+02:00 2026-03-30T02:00+02:00",
                "0 1,4 * * *  | Europe/Berlin | 2026-03-28T12:00Z | 2026-03-29T01:00+01:00 2026-03-29T04:00+02:00",
                "30 * * * *   | Europe/Berlin | 2026-03-29T00:00Z | 2026-03-29T01:30+01:00 2026-03-29T03:30+02:00",
                "30 */2 * * * | Europe/Berlin | 2026-03-28T23:00Z | 2026-03-29T00:30+01:00 2026-03-29T04:30+02:00",
                // From 3:00 back to 2:00.
                "30 2 * * *   | Europe/Berlin | 2026-10-24T12:00Z | 2026-10-25T02:30+02:00 2026-10-26T02:30+01:00",
                "*/30 2 * * * | Europe/Berlin | 2026-10-24T12:00Z | 2026-10-25T02:00+02:00 2026-10-25T02:30+02:00 2026-10-26T02:00+01:00",
                "0 3 * * *    | Europe/Berlin | 2026-10-24T12:00Z | 2026-10-25T03:00+01:00 2026-10-26T03:00+01:00",
                "30 * * * *   | Europe/Berlin | 2026-10-25T00:00Z | 2026-10-25T02:30+02:00 2026-10-25T02:30+01:00 2026-10-25T03:30+01:00",
                "30 2 * * *   | Europe/Berlin | 2026-10-25T01:05Z | 2026-10-26T02:30+01:00",
                // Half an hour forward; a whole day left out; midnight left out.
                "15 2 * * *   | Australia/Lord_Howe | 2026-10-03T00:00Z | 2026-10-04T02:30+11:00 2026-10-05T02:15+11:00",
                "0 12 30 12 * | Pacific/Apia | 2011-12-01T00:00Z | 2011-12-31T00:00+14:00 2012-12-30T12:00+14:00",
                "0 0 * * *    | America/Sao_Paulo | 2018-11-03T12:00Z | 2018-11-04T01:00-02:00 2018-11-05T00:00-02:00"
            })
    void over_a_change_of_the_clocks_it_does_as_isc_cron(String spec, String zone, OffsetDateTime from, String fires) {
        List<Instant> wanted = Stream.of(fires.split(" "))
                .map(text -> OffsetDateTime.parse(text).toInstant())
                .toList();
        assertThat(Schedule.of(spec, zone).after(from.toInstant().toEpochMilli(), Long.MAX_VALUE, wanted.size()))
                .extracting(Instant::ofEpochMilli)
                .isEqualTo(wanted);
    }

    @Test
    void a_zone_that_nobody_knows_is_refused() {
        assertThatThrownBy(() -> Schedule.of("* * * * *", "Europe/Atlantis"))
                .hasMessage("timezone: 'Europe/Atlantis' is not an IANA time zone");
        assertThatThrownBy(() -> Schedule.of("* * * * *", "UTC+2")).isInstanceOf(InvalidSpecException.class);
    }

    @Test
    void any_schedule_fires_exactly_when_a_look_at_every_minute_says() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 400; i++) {
            String spec = RandomSpecs.next(random);
            ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
            Instant from = aroundAChange(zone, random);
            Instant until = from.plus(3, ChronoUnit.DAYS);
            Schedule schedule = Schedule.of(spec, zone.getId());
            assertThat(schedule.after(from.toEpochMilli(), until.toEpochMilli(), Integer.MAX_VALUE))
                    .as("seed %d: '%s' in %s from %s", seed, spec, zone, from)
                    .isEqualTo(everyMinute(schedule, from, until));
            assertThat(schedule.lastIn(from.toEpochMilli() + 1, until.toEpochMilli()))
                    .as("seed %d: the last of '%s' in %s from %s", seed, spec, zone, from)
                    .isEqualTo(everyMinute(schedule, from, until).stream()
                            .mapToLong(fire -> fire)
                            .reduce((first, second) -> second));
        }
    }

    @Test
    void in_utc_it_agrees_with_cron_utils() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        CronParser parser = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));
        for (int i = 0; i < 300; i++) {
            String spec = RandomSpecs.withoutDaySteps(random);
            Instant from = Instant.ofEpochSecond(1_700_000_000L + random.nextInt(200_000_000));
            long theirs = ExecutionTime.forCron(parser.parse(spec))
                    .nextExecution(ZonedDateTime.ofInstant(from, ZoneOffset.UTC))
                    .orElseThrow()
                    .toInstant()
                    .toEpochMilli();
            assertThat(Schedule.of(spec, "UTC").nextAfter(from.toEpochMilli()))
                    .as("seed %d: '%s' from %s", seed, spec, from)
                    .hasValue(theirs);
        }
    }

    /** Mostly within two days before some change of 2005 to 2040, when the zone has any. */
    private static Instant aroundAChange(ZoneId zone, Random random) {
        Instant any = Instant.ofEpochSecond(1_104_537_600L + random.nextInt(1_100_000_000));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        return change == null || random.nextInt(10) == 0
                ? any
                : change.getInstant().minus(random.nextInt(48 * 60), ChronoUnit.MINUTES);
    }

    /** Looks at each minute of real time and of the gaps. */
    private static List<Long> everyMinute(Schedule schedule, Instant from, Instant until) {
        var rules = schedule.zone().getRules();
        TreeSet<Long> fires = new TreeSet<>();
        long first = Math.floorDiv(from.toEpochMilli(), MINUTE) * MINUTE + MINUTE;
        for (long ms = first; ms <= until.toEpochMilli(); ms += MINUTE) {
            Instant at = Instant.ofEpochMilli(ms);
            LocalDateTime local = LocalDateTime.ofInstant(at, schedule.zone());
            boolean second = rules.getValidOffsets(local).size() == 2
                    && rules.getValidOffsets(local).get(1).equals(rules.getOffset(at));
            if (schedule.spec().matches(local) && (schedule.spec().everyHour() || !second)) {
                fires.add(ms);
            }
            ZoneOffsetTransition change = rules.nextTransition(at.minusMillis(1));
            if (change != null
                    && change.getInstant().equals(at)
                    && change.isGap()
                    && !schedule.spec().everyHour()) {
                for (LocalDateTime lost = change.getDateTimeBefore();
                        lost.isBefore(change.getDateTimeAfter());
                        lost = lost.plusMinutes(1)) {
                    if (schedule.spec().matches(lost)) {
                        fires.add(ms);
                    }
                }
            }
        }
        return new ArrayList<>(fires);
    }
}
