package io.taskhub.cron;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fire of a job, as its history shows it.
 *
 * @param id increasing with the time at which it was written down
 * @param scheduledMs when it was due, by the job's schedule, epoch ms
 * @param reason why it was skipped, failed or is late; ""
 * @param kind of what was started
 * @param startedId a task's UUID or a run id
 * @param firedMs when that was started
 */
public record Fire(
        long id,
        String jobId,
        long scheduledMs,
        Source source,
        State state,
        String reason,
        @Nullable Kind kind,
        @Nullable String startedId,
        long recordedMs,
        @Nullable Long firedMs) {

    /** Who wanted it. */
    public enum Source {
        SCHEDULE(""),
        BACKFILL(":backfill"),
        MANUAL(":run");

        private final String keySuffix;

        Source(String keySuffix) {
            this.keySuffix = keySuffix;
        }

        /** The key under which the engine creates what the fire starts, once however often it is asked. */
        public String key(String jobId, long scheduledMs) {
            return "cron:" + jobId + ":" + scheduledMs + keySuffix;
        }

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** See the package {@code fires} for the way from one to the other. */
    public enum State {
        CLAIMED,
        QUEUED,
        ADMITTED,
        CREATED,
        SKIPPED,
        FAILED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static State of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** What can be started. */
    public enum Kind {
        TASK,
        RUN;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Kind of(String wire) {
            return valueOf(wire.toUpperCase(Locale.ROOT));
        }
    }

    /** How late it was started; 0 for what was asked for by hand, and before it is started. */
    public long latenessMs() {
        return firedMs == null || source != Source.SCHEDULE ? 0 : Math.max(0, firedMs - scheduledMs);
    }
}
