package io.taskhub.cron.api.taskhub;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.cron.Fire;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A fire in a job's history.
 *
 * @param state claimed (being started), queued, created, skipped or failed
 * @param kind of what was started: task or run; null before
 * @param started_id the task's UUID or the run id
 * @param lateness_ms from the scheduled time until it was started
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record FireView(
        long id,
        String job_id,
        String source,
        String state,
        String reason,
        @Nullable String kind,
        @Nullable String started_id,
        long scheduled_ms,
        String scheduled_at,
        @Nullable Long fired_ms,
        @Nullable String fired_at,
        long lateness_ms) {
    private static final DateTimeFormatter UTC = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static FireView of(Fire fire) {
        Fire.State state = fire.state() == Fire.State.ADMITTED ? Fire.State.CLAIMED : fire.state();
        Fire.Kind kind = fire.kind();
        Long fired = fire.firedMs();
        return new FireView(
                fire.id(),
                fire.jobId(),
                fire.source().wire(),
                state.wire(),
                fire.reason(),
                kind == null ? null : kind.wire(),
                fire.startedId(),
                fire.scheduledMs(),
                utc(fire.scheduledMs()),
                fired,
                fired == null ? null : utc(fired),
                fire.latenessMs());
    }

    private static String utc(long ms) {
        return UTC.format(Instant.ofEpochMilli(ms));
    }
}
