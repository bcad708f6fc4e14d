package io.taskhub.cron.fires;

import io.taskhub.cron.Fire;
import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The fires of a job as they were. */
@Singleton
public class FireHistory {
    private static final String COLUMNS = """
            SELECT id, job_id, scheduled_ms, source, state, reason, started_kind, started_id, recorded_ms, fired_ms
            FROM fire
            """;

    private static final String PAGE = COLUMNS + "WHERE job_id = ? AND id < ? ORDER BY id DESC LIMIT ?";

    private static final String ONE = COLUMNS + "WHERE id = ?";

    private static final String NOW = "SELECT clock()";

    private final Database database;

    @Inject
    public FireHistory(Database database) {
        this.database = database;
    }

    /** Newest first; only those before that fire. */
    public List<Fire> page(String job, long before, int limit) {
        return database.rows(PAGE, FireHistory::fire, job, before, limit);
    }

    public Optional<Fire> find(long fire) {
        return database.rows(ONE, FireHistory::fire, fire).stream().findFirst();
    }

    /** The time that all of this service goes by, epoch ms. */
    public long nowMs() {
        return database.rows(NOW, row -> row.getLong(1)).getFirst();
    }

    private static Fire fire(ResultSet row) throws SQLException {
        String kind = row.getString("started_kind");
        return new Fire(
                row.getLong("id"),
                row.getString("job_id"),
                row.getLong("scheduled_ms"),
                Fire.Source.valueOf(row.getString("source").toUpperCase(Locale.ROOT)),
                Fire.State.of(row.getString("state")),
                row.getString("reason"),
                kind == null ? null : Fire.Kind.of(kind),
                row.getString("started_id"),
                row.getLong("recorded_ms"),
                nullable(row, "fired_ms"));
    }

    private static @Nullable Long nullable(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : (Long) value;
    }
}
