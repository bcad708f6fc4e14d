package io.taskhub.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FirePlannerTest {
    private static final long GRACE_MS = 10_000;
    private static final int MOST = 5;
    private static final Schedule EVERY_MINUTE = Schedule.of("* * * * *", "UTC");

    private final FirePlanner planner = new FirePlanner(new FirePlanner.Limits(GRACE_MS, MOST));

    private static long ms(String time) {
        return Instant.parse("2026-11-20T" + time + "Z").toEpochMilli();
    }

    /** Times as HH:mm, those that are only written down with a "-" before. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ONCE | 10:00:00 | 09:59:59.999 | ''                               | 10:00",
                "ONCE | 10:00:00 | 10:00:00     | 10:00                            | 10:01",
                "SKIP | 10:00:00 | 10:00:10     | 10:00                            | 10:01",
                "SKIP | 10:00:00 | 10:00:10.001 | -10:00                           | 10:01",
                "SKIP | 10:00:00 | 10:03:30     | -10:03                           | 10:04",
                "SKIP | 10:00:00 | 10:03:05     | -10:02 10:03                     | 10:04",
                "ONCE | 10:00:00 | 10:03:30     | 10:03                            | 10:04",
                "ONCE | 10:00:00 | 10:03:05     | 10:03                            | 10:04",
                "ALL  | 10:00:00 | 10:03:30     | 10:00 10:01 10:02 10:03          | 10:04",
                "ALL  | 10:00:00 | 10:03:05     | 10:00 10:01 10:02 10:03          | 10:04",
                "ALL  | 10:00:00 | 10:08:30     | 10:00 10:01 10:02 10:03 10:04 -10:08 | 10:09",
                "ALL  | 10:00:00 | 10:08:05     | 10:00 10:01 10:02 10:03 10:04 -10:07 10:08 | 10:09"
            })
    void what_was_missed_is_treated_as_the_job_says(
            MisfirePolicy policy, String due, String now, String fires, String next) {
        FirePlanner.Plan plan = planner.plan(EVERY_MINUTE, policy, ms(due), ms(now));
        assertThat(plan.fires())
                .extracting(fire -> (fire.made() ? "" : "-")
                        + Instant.ofEpochMilli(fire.scheduledMs()).toString().substring(11, 16))
                .containsExactly(fires.isEmpty() ? new String[0] : fires.split(" "));
        assertThat(plan.next()).hasValue(ms(next + ":00"));
    }

    @Test
    void the_history_learns_what_is_not_made_up_for() {
        FirePlanner.Plan plan = planner.plan(EVERY_MINUTE, MisfirePolicy.ALL, ms("10:00:00"), ms("12:00:30"));
        assertThat(plan.fires().getLast())
                .isEqualTo(new FirePlanner.Planned(
                        ms("12:00:00"),
                        false,
                        "misfire: more than 5 were missed, those after 2026-11-20T10:04:00Z are not made up for"));
    }

    @Test
    void however_often_one_plans_every_fire_is_planned_once_and_none_is_left_out() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Schedule schedule = Schedule.of(RandomSpecs.next(random), "Europe/Berlin");
            long start = Instant.parse("2026-03-20T00:00:00Z").toEpochMilli() + random.nextInt(700_000_000);
            long now = start;
            OptionalLong due = schedule.nextAfter(start);
            List<Long> made = new java.util.ArrayList<>();
            for (int turn = 0; turn < 300 && due.isPresent(); turn++) {
                // Never more than the grace after a fire: nothing is missed.
                now = Math.max(now, due.getAsLong()) + random.nextInt((int) GRACE_MS);
                FirePlanner.Plan plan = planner.plan(schedule, MisfirePolicy.ONCE, due.getAsLong(), now);
                assertThat(plan.fires()).allMatch(FirePlanner.Planned::made);
                plan.fires().forEach(fire -> made.add(fire.scheduledMs()));
                due = plan.next();
            }
            assertThat(made).as("seed %d: %s", seed, schedule).isEqualTo(schedule.after(start, now, Integer.MAX_VALUE));
        }
    }
}
