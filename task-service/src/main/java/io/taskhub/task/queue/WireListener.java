package io.taskhub.task.queue;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.history.OutboxRelay;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** Hears what other replicas have committed, on a connection of its own. Deaf for a while, it only hears later: the scans find everything. */
@ApplicationScoped
class WireListener {
    private static final Logger LOG = Logger.getLogger(WireListener.class);
    private static final int LISTEN_MS = 1000;
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    /** Every replica's listener holds this lock, shared: their number is the number of replicas. */
    private static final long PRESENCE = 0x7461736b_0004L;

    private static final String LISTEN =
            "LISTEN " + Wire.CHANNEL + "; SELECT pg_advisory_lock_shared(" + PRESENCE + ")";
    private static final String UNLISTEN = "UNLISTEN *; SELECT pg_advisory_unlock_shared(" + PRESENCE + ")";
    private static final String REPLICAS = """
            SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
            AND classid = (%1$d::bigint >> 32)::oid AND objid = (%1$d::bigint & 4294967295)::oid
            """.formatted(PRESENCE);

    private final Database database;
    private final Wire wire;
    private final Waiters waiters;
    private final Signals signals;
    private final Queues queues;
    private final OutboxRelay relay;
    private volatile boolean running = true;
    private @Nullable Thread thread;

    WireListener(Database database, Wire wire, Waiters waiters, Signals signals, Queues queues, OutboxRelay relay) {
        this.database = database;
        this.wire = wire;
        this.waiters = waiters;
        this.signals = signals;
        this.queues = queues;
        this.relay = relay;
    }

    void start(@Observes StartupEvent event) {
        thread = Thread.ofPlatform().name("replica-listen").daemon().start(this::loop);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        running = false;
        Thread listener = thread;
        if (listener != null) {
            listener.join(LISTEN_MS + TimeUnit.SECONDS.toMillis(1));
        }
    }

    @Scheduled(every = "1s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void countReplicas() {
        try {
            wire.alone(database.read(WireListener::replicas) <= 1);
        } catch (DatabaseException e) {
            LOG.debugf("replicas not counted: %s", e.getMessage());
        }
    }

    private static long replicas(Connection connection) throws SQLException {
        try (Binder query = Binder.prepare(connection, REPLICAS);
                ResultSet row = query.statement().executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private void loop() {
        while (running) {
            try (Connection connection = database.open();
                    Statement statement = connection.createStatement()) {
                statement.execute(LISTEN);
                PGConnection notified = connection.unwrap(PGConnection.class);
                while (running) {
                    PGNotification[] heard = notified.getNotifications(LISTEN_MS);
                    if (heard != null) {
                        for (PGNotification one : heard) {
                            hear(one.getParameter());
                        }
                    }
                }
                statement.execute(UNLISTEN);
            } catch (SQLException e) {
                LOG.warnf("not listening to other replicas: %s", e.getMessage());
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private void hear(String message) {
        String[] lines = message.split("\n", -1);
        if (lines[0].equals(wire.self())) {
            return;
        }
        relay.signal();
        for (String line : lines) {
            String[] word = line.split(" ", -1);
            if (word[0].equals("w")) {
                queues.add(List.of(word[2]));
                signals.arrived(word[2], Long.parseLong(word[1]));
            } else if (word[0].equals("c")) {
                waiters.cancel(
                        UUID.fromString(word[1]), new Lease.Claim(TaskId.of(word[2]), Integer.parseInt(word[3])));
            }
        }
    }
}
