package io.taskhub.cron;

import java.util.ArrayList;
import java.util.List;

/**
 * Which of a job's waiting fires may start, given what of it runs: a pure function, asked under the job's lock. What is in the queue
 * (under {@code QUEUE}, or by a backfill) keeps its place there whatever the policy says of new fires.
 */
public final class Overlap {

    /** What is to become of a waiting fire. */
    public enum Turn {
        START,
        /** In the queue, until what runs has ended. */
        QUEUE,
        SKIP,
        /** Asked again in a moment: another replica is just starting the previous one. */
        LATER
    }

    /** A fire that has not started. */
    public record Waiting(long fire, boolean queued) {}

    /** @param reason of a skip, else "" */
    public record Verdict(long fire, Turn turn, String reason) {}

    private final OverlapPolicy policy;
    private final boolean busy;
    private final int longestQueue;
    private final List<Verdict> verdicts = new ArrayList<>();
    private boolean free;
    private int queued;

    private Overlap(OverlapPolicy policy, boolean busy, int longestQueue) {
        this.policy = policy;
        this.busy = busy;
        this.longestQueue = longestQueue;
        this.free = !busy;
    }

    /**
     * Decides for one job.
     *
     * @param busy something of the job runs or is being started; under {@code CANCEL_PREVIOUS} what runs was cancelled before
     * @param waiting fires by age
     */
    public static List<Verdict> decide(OverlapPolicy policy, boolean busy, List<Waiting> waiting, int longestQueue) {
        Overlap overlap = new Overlap(policy, busy, longestQueue);
        if (policy == OverlapPolicy.CANCEL_PREVIOUS) {
            overlap.latest(waiting.stream().filter(fire -> !fire.queued()).toList());
            waiting.stream().filter(Waiting::queued).forEach(overlap::inTurn);
        } else {
            waiting.forEach(overlap::inTurn);
        }
        return overlap.verdicts;
    }

    private void latest(List<Waiting> arriving) {
        for (int i = 0; i < arriving.size(); i++) {
            if (busy) {
                say(arriving.get(i), Turn.LATER, "");
            } else if (i == arriving.size() - 1) {
                start(arriving.get(i));
            } else {
                say(arriving.get(i), Turn.SKIP, "overlap: a later fire takes its place");
            }
        }
    }

    private void inTurn(Waiting fire) {
        if (policy == OverlapPolicy.ALLOW || free) {
            start(fire);
        } else if (fire.queued() || (policy == OverlapPolicy.QUEUE && queued < longestQueue)) {
            queued++;
            say(fire, Turn.QUEUE, "");
        } else if (policy == OverlapPolicy.QUEUE) {
            say(fire, Turn.SKIP, "overlap: " + longestQueue + " fires wait already");
        } else {
            say(fire, Turn.SKIP, "overlap: the previous fire still runs");
        }
    }

    private void start(Waiting fire) {
        free = false;
        say(fire, Turn.START, "");
    }

    private void say(Waiting fire, Turn turn, String reason) {
        verdicts.add(new Verdict(fire.fire(), turn, reason));
    }
}
