package io.taskhub.cron;

import io.taskhub.cron.sql.Database;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** The tables, and the time they go by. */
@Singleton
public class CronDatabase {
    private final Database database;

    @Inject
    public CronDatabase(Database database) {
        this.database = database;
    }

    public void clear() {
        database.update("TRUNCATE job CASCADE");
    }

    public long nowMs() {
        return database.rows("SELECT clock()", row -> row.getLong(1)).getFirst();
    }

    /** Time only goes forward, as everywhere. */
    public void moveTo(long ms) {
        database.update("UPDATE clock_offset SET ms = ms + greatest(0, ? - clock())", ms);
    }

    public void forward(long ms) {
        database.update("UPDATE clock_offset SET ms = ms + ?", ms);
    }

    /** The start of the next minute but one, so that no test meets a minute that passes by itself. */
    public long moveBeforeAMinute() {
        long minute = (nowMs() / 60_000 + 2) * 60_000;
        moveTo(minute - 30_000);
        return minute;
    }

    public List<String> fires(String job) {
        return database.rows(
                "SELECT scheduled_ms || ' ' || source || ' ' || state FROM fire WHERE job_id = ? ORDER BY id",
                row -> row.getString(1),
                job);
    }

    public List<String> states(String job) {
        return database.rows("SELECT state FROM fire WHERE job_id = ? ORDER BY id", row -> row.getString(1), job);
    }

    public long count(String state) {
        return database.rows("SELECT count(*) FROM fire WHERE state = ?", row -> row.getLong(1), state)
                .getFirst();
    }

    public int update(String sql, Object... parameters) {
        return database.update(sql, parameters);
    }

    public <T> List<T> rows(String sql, Database.Mapper<T> mapper, Object... parameters) {
        return database.rows(sql, mapper, parameters);
    }
}
