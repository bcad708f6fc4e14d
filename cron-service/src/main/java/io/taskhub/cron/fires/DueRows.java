package io.taskhub.cron.fires;

import io.taskhub.cron.Fire;
import io.taskhub.cron.OverlapPolicy;
import io.taskhub.cron.Target;
import io.taskhub.cron.engine.Due;
import io.taskhub.cron.jobs.JobTexts;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;

/** Reads a fire that is to be started from a row that joins {@code fire f} and {@code job j}. */
@Singleton
class DueRows {
    /** What {@link #of} reads. */
    static final String COLUMNS = """
            f.id AS fire_id, f.scheduled_ms, f.source, f.state, f.attempts,
            j.id AS job_id, j.name, j.created_by, j.overlap, j.target_type, j.target""";

    private final JobTexts texts;

    DueRows(JobTexts texts) {
        this.texts = texts;
    }

    Due of(ResultSet row) throws SQLException {
        String type = row.getString("target_type");
        String target = row.getString("target");
        return new Due(
                row.getLong("fire_id"),
                row.getLong("scheduled_ms"),
                Fire.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                Fire.State.of(row.getString("state")) == Fire.State.ADMITTED,
                row.getInt("attempts"),
                row.getString("job_id"),
                row.getString("name"),
                row.getString("created_by"),
                OverlapPolicy.of(row.getString("overlap")),
                type.equals(Target.SingleTask.TYPE) ? Fire.Kind.TASK : Fire.Kind.RUN,
                () -> texts.target(type, target),
                target.length());
    }
}
