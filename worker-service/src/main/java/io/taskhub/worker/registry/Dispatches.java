package io.taskhub.worker.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * What was sent to registered workers and is not answered yet, over all replicas: a row per dispatch, touched every second by
 * the process that waits for it. A row that nobody touches for 15 s no longer counts.
 */
@Singleton
public final class Dispatches {
    /** Two dispatchers must not both see the last free place of a worker. */
    private static final String ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('taskhub.worker.dispatch'))";

    private static final String OPEN = "INSERT INTO dispatch (id, worker_id, touched_at) VALUES (?, ?, clock())";
    private static final String CLOSE = "DELETE FROM dispatch WHERE id = ?";
    private static final String TOUCH = "UPDATE dispatch SET touched_at = clock() WHERE id = ANY (?)";
    private static final String ALIVE = """
            SELECT id FROM remote_worker WHERE id = ANY (?) AND last_seen >= clock() - interval '10 s'""";
    private static final String FORGET = "DELETE FROM dispatch WHERE touched_at < clock() - interval '15 s'";

    private final DataSource database;

    @Inject
    public Dispatches(DataSource database) {
        this.database = database;
    }

    /** The answer to a wish for a worker. */
    public sealed interface Choice {
        /** This one; it counts as busy until {@link Dispatches#close}. */
        record Chosen(RemoteWorker worker) implements Choice {}

        /** Those that suit have as many tasks as they want. */
        record AllFull() implements Choice {}

        /** Nobody suits. */
        record Nobody() implements Choice {}
    }

    /** Chooses a worker by {@link WorkerChoice} and opens the dispatch, in one transaction. */
    public Choice open(UUID id, WorkerChoice.Need need, Set<String> tried) throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                Choice choice = openInTransaction(connection, id, need, tried);
                connection.commit();
                return choice;
            } catch (SQLException e) {
                connection.rollback();
                throw e;
            }
        }
    }

    private static Choice openInTransaction(Connection connection, UUID id, WorkerChoice.Need need, Set<String> tried)
            throws SQLException {
        try (PreparedStatement lock = connection.prepareStatement(ONE_AT_A_TIME)) {
            lock.execute();
        }
        List<RemoteWorker> workers = RemoteWorkers.list(connection);
        Optional<RemoteWorker> chosen = WorkerChoice.choose(workers, need, tried);
        if (chosen.isEmpty()) {
            return WorkerChoice.someAreFull(workers, need, tried) ? new Choice.AllFull() : new Choice.Nobody();
        }
        try (PreparedStatement insert = connection.prepareStatement(OPEN)) {
            insert.setObject(1, id);
            insert.setString(2, chosen.get().id());
            insert.executeUpdate();
        }
        return new Choice.Chosen(chosen.get());
    }

    public void close(UUID id) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(CLOSE)) {
            statement.setObject(1, id);
            statement.executeUpdate();
        }
    }

    /** Keeps dispatches counted, and tells which of the workers were heard from within 10 s. */
    Set<String> touch(Collection<UUID> dispatches, Collection<String> workers) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement touch = connection.prepareStatement(TOUCH);
                PreparedStatement alive = connection.prepareStatement(ALIVE)) {
            touch.setArray(1, connection.createArrayOf("uuid", dispatches.toArray()));
            touch.executeUpdate();
            alive.setArray(1, connection.createArrayOf("text", workers.toArray()));
            Set<String> found = new HashSet<>();
            try (ResultSet rows = alive.executeQuery()) {
                while (rows.next()) {
                    found.add(rows.getString(1));
                }
            }
            return Set.copyOf(found);
        }
    }

    int forget() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET)) {
            return statement.executeUpdate();
        }
    }
}
