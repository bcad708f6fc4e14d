package io.taskhub.cron;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** Which fires are to be made now and when the next one is due: a function of the schedule, what was due, and the time. */
public final class FirePlanner {

    /**
     * When a fire counts as missed, and how many missed ones may be made up for.
     *
     * @param graceMs later than this is missed
     * @param madeUp per plan, under {@link MisfirePolicy#ALL}
     */
    public record Limits(long graceMs, int madeUp) {}

    /**
     * One fire of a plan.
     *
     * @param made false: it is only written down, as skipped
     * @param note why it is skipped, or what it makes up for; "" when there is nothing to say
     */
    public record Planned(long scheduledMs, boolean made, String note) {}

    /**
     * What to do.
     *
     * @param fires by time
     * @param next when to plan again; empty = never
     */
    public record Plan(List<Planned> fires, OptionalLong next) {}

    private final Limits limits;

    public FirePlanner(Limits limits) {
        this.limits = limits;
    }

    /** @param dueMs the oldest fire that is not planned yet, one of the schedule's */
    public Plan plan(Schedule schedule, MisfirePolicy policy, long dueMs, long nowMs) {
        if (dueMs > nowMs) {
            return new Plan(List.of(), OptionalLong.of(dueMs));
        }
        long inTimeFrom = Math.max(dueMs, nowMs - limits.graceMs());
        List<Long> inTime = schedule.after(inTimeFrom - 1, nowMs, limits.madeUp());
        List<Planned> fires = new ArrayList<>();
        if (dueMs < inTimeFrom) {
            missed(schedule, policy, dueMs, inTimeFrom - 1, inTime, fires);
        } else {
            inTime.forEach(time -> fires.add(new Planned(time, true, "")));
        }
        return new Plan(List.copyOf(fires), schedule.nextAfter(nowMs));
    }

    private void missed(
            Schedule schedule, MisfirePolicy policy, long dueMs, long untilMs, List<Long> inTime, List<Planned> fires) {
        String since = " since " + Instant.ofEpochMilli(dueMs);
        switch (policy) {
            case SKIP -> {
                schedule.lastIn(dueMs, untilMs)
                        .ifPresent(last -> fires.add(new Planned(last, false, "misfire: all missed" + since)));
                inTime.forEach(time -> fires.add(new Planned(time, true, "")));
            }
            case ONCE -> {
                List<Long> due = inTime;
                if (due.isEmpty()) {
                    due = new ArrayList<>();
                    schedule.lastIn(dueMs, untilMs).ifPresent(due::add);
                }
                String note = "misfire: makes up for all missed" + since;
                for (long time : due) {
                    fires.add(new Planned(time, true, fires.isEmpty() ? note : ""));
                }
            }
            case ALL -> {
                List<Long> missed = schedule.after(dueMs - 1, untilMs, limits.madeUp());
                missed.forEach(time -> fires.add(new Planned(time, true, "misfire: made up for")));
                OptionalLong last = schedule.lastIn(dueMs, untilMs);
                if (last.isPresent() && !missed.isEmpty() && last.getAsLong() > missed.getLast()) {
                    String note = "misfire: more than " + limits.madeUp() + " were missed, those after "
                            + Instant.ofEpochMilli(missed.getLast()) + " are not made up for";
                    fires.add(new Planned(last.getAsLong(), false, note));
                }
                inTime.forEach(time -> fires.add(new Planned(time, true, "")));
            }
        }
    }
}
