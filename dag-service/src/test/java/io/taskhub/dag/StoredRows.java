package io.taskhub.dag;

import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.inject.Singleton;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of ended runs as a test wants them; nobody carries these runs. */
@Singleton
public class StoredRows {
    private static final String RUN = """
            INSERT INTO run (id, name, source, created_by, template_id, cron_job_id, fail_policy, max_parallel, params, total,
                start_ms, end_ms, status, success_count, failed_count, skipped_count, message, owner, open)
            VALUES (?, ?, ?, 'ann', 't1', NULL, 'FailFast', 3, '{"x":1.50}', 4, ?, ?, ?, 1, 1, 2, 'dag failed', 0, false)
            """;
    private static final String NODE =
            "INSERT INTO node (run_id, idx, logical_id, name, run_if, config) VALUES (?, ?, ?, ?, 'SUCCESS', ?)";
    private static final String NODE_RUN = """
            INSERT INTO node_run (run_id, idx, status, ready, task, attempt, max_attempts, exit_code, start_ms, end_ms, duration_ms,
                message, stdout, stderr, metadata)
            VALUES (?, ?, ?, true, ?, 2, 3, 9, 1000, 2000, 1000, 'why', ?, 'err', '{"k":[1,2.50]}')
            """;
    private static final String EVENT =
            "INSERT INTO run_event (run_id, seq, task_id, event, ts_ms, extra) VALUES (?, ?, ?, ?, ?, ?)";
    private static final String COUNT = """
            SELECT (SELECT count(*) FROM run WHERE id = ?) + (SELECT count(*) FROM node WHERE run_id = ?)
                + (SELECT count(*) FROM node_run WHERE run_id = ?) + (SELECT count(*) FROM run_event WHERE run_id = ?)
            """;

    private final Database database;

    StoredRows(Database database) {
        this.database = database;
    }

    public static String newRun() {
        return System.currentTimeMillis() + "_" + UUID.randomUUID().toString().substring(0, 6);
    }

    public String run(String name, String source, RunStatus status, long startMs, long endMs) {
        String run = newRun();
        insert(RUN, run, name, source, startMs, endMs, status.code());
        return run;
    }

    public void node(String run, int index, String logicalId, String name) {
        String config = """
            {"id":"%s","name":"%s","exec_type":"Shell","exec_command":"echo {{nodes.a.stdout}}","exec_params":{"n":"1"},"timeout_ms":0,
             "retry_count":2,"retry_delay_ms":1000,"retry_exp_backoff":true,"priority":"Normal","queue":"default","labels":[],"deps":["a"]}
            """.formatted(logicalId, name);
        insert(NODE, run, index, logicalId, name, config);
    }

    public void nodeRun(String run, int index, NodeStatus status, @Nullable UUID task, String stdout) {
        insert(NODE_RUN, run, index, status.code(), task, stdout);
    }

    public void event(String run, int seq, @Nullable String logicalId, String event, long tsMs, String extra) {
        insert(EVENT, run, seq, logicalId, event, tsMs, extra);
    }

    /** How many rows a run has, of all kinds. */
    public long count(String run) {
        return database.read(connection -> {
            try (Columns query = new Columns(connection, COUNT)
                            .set(run)
                            .set(run)
                            .set(run)
                            .set(run);
                    var row = query.statement().executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private void insert(String sql, @Nullable Object... values) {
        var unused = database.write(connection -> {
            try (Columns insert = new Columns(connection, sql)) {
                for (Object value : values) {
                    insert.set(value);
                }
                return insert.statement().executeUpdate();
            }
        });
    }
}
