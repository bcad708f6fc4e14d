package io.taskhub.task.artifact;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Deletes what no row names: bytes whose upload broke off, whose row was replaced, whose task is gone. Only what is older than any upload
 * can take, so what is about to get its row is left alone. The replicas begin at the same minute and one of them does it: the store is
 * listed whole.
 */
@ApplicationScoped
class ArtifactSweeper {
    static final Duration UPLOADED_BY_THEN = Duration.ofHours(1);
    private static final Logger LOG = Logger.getLogger(ArtifactSweeper.class);
    private static final int BATCH = 500;
    static final String TRY_LOCK = "SELECT pg_try_advisory_xact_lock(" + 0x7461736b_0005L + ")";

    private final Database database;
    private final ArtifactStore store;

    ArtifactSweeper(Database database, ArtifactStore store) {
        this.database = database;
        this.store = store;
    }

    @Scheduled(cron = "0 10 * * * ?", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    @RunOnVirtualThread
    void tick() {
        try {
            var unused = runOnce(Instant.now().minus(UPLOADED_BY_THEN));
        } catch (DatabaseException | IOException e) {
            LOG.warnf("files not swept: %s", e.getMessage());
        }
    }

    /** Looks at everything that was last written before that; answers how many went, none when another replica is at it. */
    long runOnce(Instant before) throws IOException {
        try {
            return database.write(connection -> tryLock(connection) ? sweep(before) : 0L);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The transaction around it holds the lock and nothing else: no snapshot, no row. */
    private long sweep(Instant before) {
        Round round = new Round(before);
        try {
            store.list(round::see);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        round.settle();
        if (round.gone > 0) {
            LOG.infof("%d files belonged to no task", round.gone);
        }
        return round.gone;
    }

    private static boolean tryLock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(TRY_LOCK)) {
            row.next();
            return row.getBoolean(1);
        }
    }

    private final class Round {
        private final Instant before;
        private final List<ArtifactTable.Key> seen = new ArrayList<>(BATCH);
        private long gone;

        Round(Instant before) {
            this.before = before;
        }

        /** What does not begin with a task's id was put there by somebody else. */
        void see(ArtifactStore.Found found) {
            int slash = found.key().indexOf('/');
            if (slash < 0 || !found.modified().isBefore(before)) {
                return;
            }
            try {
                seen.add(new ArtifactTable.Key(UUID.fromString(found.key().substring(0, slash)), found.key()));
            } catch (IllegalArgumentException e) {
                return;
            }
            if (seen.size() == BATCH) {
                settle();
            }
        }

        void settle() {
            if (seen.isEmpty()) {
                return;
            }
            List<String> unknown = database.read(connection -> ArtifactTable.unknown(connection, seen));
            seen.clear();
            try {
                store.delete(unknown);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            gone += unknown.size();
        }
    }
}
