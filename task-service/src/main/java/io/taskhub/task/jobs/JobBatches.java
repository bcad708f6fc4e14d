package io.taskhub.task.jobs;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.queue.Holding;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** SQL on batches. A batch is there before its tasks; one that was left without any is swept by {@link JobBatchSweeper}. */
@ApplicationScoped
public class JobBatches {
    private static final int TRIES = 10;

    private static final String COLUMNS = "id, name, job_count, active, created_at";

    private static final String INSERT =
            "INSERT INTO job_batch (id, name, job_count, created_at, created_by) VALUES (?, ?, ?, clock(), ?) RETURNING "
                    + COLUMNS;

    private static final String FIND = "SELECT " + COLUMNS + " FROM job_batch WHERE id = ?";

    /** Locks the row until the tasks are held or free too, so that two toggles come one after the other. */
    private static final String TOGGLE = "UPDATE job_batch SET active = NOT active WHERE id = ? RETURNING " + COLUMNS;

    /** The index on {@code created_at} leads to the oldest; a young one may still be waiting for its tasks. */
    private static final String SWEEP = """
            DELETE FROM job_batch WHERE id IN (
                SELECT b.id FROM job_batch b WHERE b.created_at < (SELECT clock()) - ?
                    AND NOT EXISTS (SELECT FROM task_detail d WHERE d.batch = b.id)
                LIMIT ?)
            """;

    private final Database database;
    private final Holding holding;

    JobBatches(Database database, Holding holding) {
        this.database = database;
        this.holding = holding;
    }

    /** Committed when it returns, before any of its tasks is there. */
    public JobBatch create(String name, int jobCount, String createdBy) {
        return database.write(connection -> {
            try (Binder insert = Binder.prepare(connection, INSERT)) {
                insert.id(TaskId.next().uuid()).text(name).integer(jobCount).text(createdBy);
                return one(insert).orElseThrow();
            }
        });
    }

    public Optional<JobBatch> find(UUID id) {
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, FIND).id(id)) {
                return one(query);
            }
        });
    }

    /** Active becomes inactive, which keeps its waiting jobs from being started, or the other way round. Empty when unknown. */
    public Optional<JobBatch> toggle(UUID id) {
        for (int left = TRIES; ; left--) {
            try {
                Toggled toggled = database.write(connection -> toggle(connection, id));
                holding.released(toggled.free());
                return toggled.batch();
            } catch (DatabaseException e) {
                if (!e.isCollision() || left == 0) {
                    throw e;
                }
            }
        }
    }

    private record Toggled(Optional<JobBatch> batch, Map<String, Integer> free) {}

    private Toggled toggle(Connection connection, UUID id) throws SQLException {
        try (Binder update = Binder.prepare(connection, TOGGLE).id(id)) {
            Optional<JobBatch> batch = one(update);
            return new Toggled(
                    batch,
                    batch.isEmpty()
                            ? Map.of()
                            : holding.holdInTransaction(
                                    connection, id, !batch.get().active()));
        }
    }

    /** Removes up to {@code limit} batches older than {@code ageMs} of which no task is left. Returns how many. */
    int sweep(long ageMs, int limit) {
        return database.write(connection -> {
            try (Binder delete = Binder.prepare(connection, SWEEP)) {
                return delete.number(ageMs).integer(limit).statement().executeUpdate();
            }
        });
    }

    private static Optional<JobBatch> one(Binder query) throws SQLException {
        try (ResultSet row = query.statement().executeQuery()) {
            return row.next()
                    ? Optional.of(new JobBatch(
                            row.getObject(1, UUID.class),
                            row.getString(2),
                            row.getInt(3),
                            row.getBoolean(4),
                            Instant.ofEpochMilli(row.getLong(5))))
                    : Optional.empty();
        }
    }
}
