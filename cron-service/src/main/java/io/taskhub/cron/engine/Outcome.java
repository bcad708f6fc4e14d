package io.taskhub.cron.engine;

import org.jspecify.annotations.Nullable;

/**
 * What became of a try to start a fire.
 *
 * @param startedId what was started, now or at an earlier try; null when nothing was
 * @param error "" when something was started
 * @param permanent nothing will ever be started for it
 */
public record Outcome(Due due, @Nullable String startedId, String error, boolean permanent) {

    static Outcome started(Due due, String id) {
        return new Outcome(due, id, "", false);
    }

    static Outcome refused(Due due, @Nullable String why) {
        return new Outcome(due, null, why == null ? "refused" : why, true);
    }

    static Outcome unanswered(Due due, String why) {
        return new Outcome(due, null, why, false);
    }
}
