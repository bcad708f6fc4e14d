package io.taskhub.dag.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.taskhub.dag.RunException;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What people want of a run that exists. It is stored and the run taken over in one transaction: whoever carries the run from then on
 * knows of it, whatever happens to this process.
 */
@Singleton
class RunOrders {
    private static final String LOCK = "SELECT status, seq FROM run WHERE id = ? FOR UPDATE";

    private static final String CANCEL =
            "UPDATE run SET canceled = true, seq = seq + 1, owner = ?, version = version + 1 WHERE id = ?";

    private static final String RETRY = """
            UPDATE run SET status = 0, end_ms = NULL, canceled = false, round = round + 1, message = '', open = true,
                failed_count = 0, skipped_count = 0, seq = seq + 1, owner = ?, version = version + 1
            WHERE id = ?
            """;

    private static final String UNSUCCESSFUL = """
            SELECT n.logical_id FROM node n LEFT JOIN node_run r USING (run_id, idx)
            WHERE n.run_id = ? AND r.status IS DISTINCT FROM 2 ORDER BY n.idx
            """;

    private static final String FORGET = "DELETE FROM node_run WHERE run_id = ? AND status <> 2";

    private static final String TELL =
            "INSERT INTO run_event (run_id, seq, task_id, event, ts_ms, extra) VALUES (?, ?, NULL, ?, ?, ?)";

    private final Database database;
    private final ObjectMapper json;

    RunOrders(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    /** @throws RunException.NotFound, RunException.Finished */
    void cancel(String run, String reason, int owner, long now) {
        database.write(connection -> {
            Standing standing = lock(connection, run);
            if (standing.status() != RunStatus.RUNNING) {
                throw new RunException.Finished(run, standing.status());
            }
            update(connection, CANCEL, owner, run);
            tell(connection, run, standing.seq() + 1, "dag_cancel", now, Map.of("reason", reason));
            return true;
        });
    }

    /** Logical ids of what runs again. @throws RunException.NotFound, RunException.NotFinished, RunException.NothingToRetry */
    List<String> retry(String run, int owner, long now) {
        return database.write(connection -> {
            Standing standing = lock(connection, run);
            if (standing.status() == RunStatus.RUNNING) {
                throw new RunException.NotFinished(run);
            }
            List<String> again = unsuccessful(connection, run);
            if (again.isEmpty()) {
                throw new RunException.NothingToRetry(run);
            }
            update(connection, RETRY, owner, run);
            try (Columns delete = new Columns(connection, FORGET).set(run)) {
                delete.statement().executeUpdate();
            }
            tell(connection, run, standing.seq() + 1, "dag_retry", now, Map.of("nodes", again.size()));
            return again;
        });
    }

    private record Standing(RunStatus status, int seq) {}

    private static Standing lock(Connection connection, String run) throws SQLException {
        try (Columns query = new Columns(connection, LOCK).set(run);
                ResultSet row = query.statement().executeQuery()) {
            if (!row.next()) {
                throw new RunException.NotFound(run);
            }
            return new Standing(RunStatus.ofCode(row.getInt(1)), row.getInt(2));
        }
    }

    private static void update(Connection connection, String sql, int owner, String run) throws SQLException {
        try (Columns update = new Columns(connection, sql).set(owner).set(run)) {
            update.statement().executeUpdate();
        }
    }

    private static List<String> unsuccessful(Connection connection, String run) throws SQLException {
        List<String> ids = new ArrayList<>();
        try (Columns query = new Columns(connection, UNSUCCESSFUL).set(run);
                ResultSet row = query.statement().executeQuery()) {
            while (row.next()) {
                ids.add(row.getString(1));
            }
        }
        return ids;
    }

    private void tell(Connection connection, String run, int seq, String event, long now, Map<String, Object> extra)
            throws SQLException {
        try (Columns insert = new Columns(connection, TELL)) {
            insert.set(run).set(seq).set(event).set(now).set(json.writeValueAsString(extra));
            insert.statement().executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
