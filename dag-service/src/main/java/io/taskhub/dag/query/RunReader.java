package io.taskhub.dag.query;

import io.taskhub.dag.RunStatus;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** SQL that reads runs. */
@ApplicationScoped
public class RunReader {
    private static final String SELECT = """
            SELECT id, name, source, status, start_ms, end_ms, total, success_count, failed_count, skipped_count, message,
                fail_policy, max_parallel, params, template_id, cron_job_id, created_by
            FROM run
            """;

    private static final String BY_ID = SELECT + "WHERE id = ?";
    private static final String BY_IDS = SELECT + "WHERE id = ANY (?)";
    private static final String NEWEST = " ORDER BY start_ms DESC, id DESC LIMIT ?";

    private final Database database;

    RunReader(Database database) {
        this.database = database;
    }

    public Optional<StoredRun> find(String run) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, BY_ID).set(run)) {
                return read(query).stream().findFirst();
            }
        });
    }

    /** In no order; those that do not exist are missing. */
    public List<StoredRun> findAll(List<String> runs) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, BY_IDS).array("text", runs.toArray())) {
                return read(query);
            }
        });
    }

    /** The newest by start first. */
    public List<StoredRun> list(RunFilter filter) {
        Where where = new Where()
                .and("id = ?", filter.run())
                .and("strpos(lower(name), lower(?)) > 0", filter.nameContains())
                .and("source = ?", filter.source())
                .and(
                        "status = ?",
                        filter.status() == null ? null : filter.status().code())
                .and("start_ms >= ?", filter.fromMs())
                .and("start_ms <= ?", filter.toMs());
        if (filter.before() != null) {
            where.and(
                    "(start_ms, id) < (?, ?)",
                    filter.before().startMs(),
                    filter.before().run());
        }
        return database.read(connection -> {
            try (Columns query =
                    where.bind(new Columns(connection, SELECT + where + NEWEST)).set(filter.limit())) {
                return read(query);
            }
        });
    }

    private static List<StoredRun> read(Columns query) throws SQLException {
        List<StoredRun> runs = new ArrayList<>();
        try (ResultSet row = query.statement().executeQuery()) {
            while (row.next()) {
                runs.add(run(row));
            }
        }
        return runs;
    }

    private static StoredRun run(ResultSet row) throws SQLException {
        return new StoredRun(
                row.getString("id"),
                row.getString("name"),
                row.getString("source"),
                RunStatus.ofCode(row.getInt("status")),
                row.getLong("start_ms"),
                row.getLong("end_ms"),
                new StoredRun.Counts(
                        row.getInt("total"),
                        row.getInt("success_count"),
                        row.getInt("failed_count"),
                        row.getInt("skipped_count")),
                row.getString("message"),
                row.getString("fail_policy"),
                row.getInt("max_parallel"),
                row.getString("params"),
                row.getString("template_id"),
                row.getString("cron_job_id"),
                row.getString("created_by"));
    }
}
