package io.taskhub.gateway.audit;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import javax.sql.DataSource;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Writes the audit table in batches, off the request path. While the database is away entries wait in a bounded queue; what does
 * not fit any more is counted and told in the log, never waited for.
 */
@ApplicationScoped
public class AuditTrail {
    private static final Logger LOG = Logger.getLogger(AuditTrail.class);
    private static final int WAITING = 10_000;
    private static final int BATCH = 500;
    private static final long PAUSE_MS = 1_000;
    private static final String INSERT = """
            insert into audit (at, actor, action, target, outcome, address, request_id) values (?, ?, ?, ?, ?, ?, ?)
            """;

    private final DataSource database;
    private final BlockingQueue<AuditEntry> queue = new ArrayBlockingQueue<>(WAITING);
    private final LongAdder lost = new LongAdder();
    private @Nullable Thread writer;

    public AuditTrail(DataSource database) {
        this.database = database;
    }

    /** Notes what happened. Never blocks. */
    public void record(AuditEntry entry) {
        if (!queue.offer(entry)) {
            lost.increment();
        }
    }

    void start(@Observes StartupEvent event) {
        writer = Thread.ofVirtual().name("audit-writer").start(this::run);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        Thread running = writer;
        if (running != null) {
            running.interrupt();
            running.join(2_000);
        }
    }

    private void run() {
        try {
            while (true) {
                List<AuditEntry> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                writeUntilDone(batch);
            }
        } catch (InterruptedException stopped) {
            List<AuditEntry> rest = new ArrayList<>();
            queue.drainTo(rest);
            try {
                write(rest);
            } catch (SQLException e) {
                LOG.warnf("%d audit entries lost at the end: %s", rest.size(), e.getMessage());
            }
        }
    }

    private void writeUntilDone(List<AuditEntry> batch) throws InterruptedException {
        while (true) {
            try {
                write(batch);
                long missing = lost.sumThenReset();
                if (missing > 0) {
                    LOG.warnf("%d audit entries were lost: the queue was full", missing);
                }
                return;
            } catch (SQLException e) {
                LOG.warnf("Audit entries wait, the database does not take them: %s", e.getMessage());
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        }
    }

    private void write(List<AuditEntry> batch) throws SQLException {
        if (batch.isEmpty()) {
            return;
        }
        try (var connection = database.getConnection();
                var insert = connection.prepareStatement(INSERT)) {
            for (AuditEntry entry : batch) {
                insert.setTimestamp(1, Timestamp.from(entry.at()));
                insert.setString(2, entry.actor());
                insert.setString(3, entry.action());
                insert.setString(4, entry.target());
                insert.setString(5, entry.outcome());
                insert.setString(6, entry.address());
                insert.setString(7, entry.requestId());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
