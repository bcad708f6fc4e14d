package io.taskhub.worker.registry;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** The table of registered workers. */
@Singleton
public final class RemoteWorkers {
    private static final String REGISTER = """
            INSERT INTO remote_worker
                (id, host, port, queues, labels, types, max_running_tasks, running_tasks, token, last_seen)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, clock())
            ON CONFLICT (id) DO UPDATE SET
                host = excluded.host, port = excluded.port, queues = excluded.queues, labels = excluded.labels,
                types = excluded.types, max_running_tasks = excluded.max_running_tasks,
                running_tasks = excluded.running_tasks, token = excluded.token, last_seen = excluded.last_seen""";

    private static final String HEARTBEAT = """
            UPDATE remote_worker SET last_seen = clock(), running_tasks = coalesce(?, running_tasks)
            WHERE id = ? AND last_seen > clock() - interval '60 s'""";

    /** Also used inside the transaction that chooses one: see {@link Dispatches}. */
    static final String LIST = """
            SELECT w.id, w.host, w.port, w.queues, w.labels, w.types, w.max_running_tasks, w.token,
                   greatest(w.running_tasks, (SELECT count(*) FROM dispatch d
                        WHERE d.worker_id = w.id AND d.touched_at > now.at - interval '15 s'))::int AS running,
                   w.last_seen >= now.at - interval '10 s' AS alive,
                   greatest(0, extract(epoch FROM now.at - w.last_seen) * 1000)::bigint AS ago
            FROM remote_worker w CROSS JOIN (SELECT clock() AS at) now
            WHERE w.last_seen > now.at - interval '60 s'
            ORDER BY w.id""";

    private static final String FORGET = "DELETE FROM remote_worker WHERE last_seen < clock() - interval '60 s'";

    private final DataSource database;

    @Inject
    public RemoteWorkers(DataSource database) {
        this.database = database;
    }

    /** Adds a worker, or replaces what is known of it. */
    public void register(RemoteWorker.Registration worker) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(REGISTER)) {
            statement.setString(1, worker.id());
            statement.setString(2, worker.host());
            statement.setInt(3, worker.port());
            statement.setArray(4, texts(connection, worker.queues()));
            statement.setArray(5, texts(connection, worker.labels()));
            statement.setArray(6, texts(connection, worker.types()));
            statement.setInt(7, worker.maxRunningTasks());
            statement.setInt(8, worker.runningTasks());
            statement.setString(9, worker.token());
            statement.executeUpdate();
        }
    }

    /** False when nobody knows the worker, or it has been forgotten. A negative count leaves the last one. */
    public boolean heartbeat(String id, int runningTasks) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(HEARTBEAT)) {
            statement.setObject(1, runningTasks < 0 ? null : runningTasks, java.sql.Types.INTEGER);
            statement.setString(2, id);
            return statement.executeUpdate() > 0;
        }
    }

    /** All that are not forgotten, by id. */
    public List<RemoteWorker> list() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return list(connection);
        }
    }

    static List<RemoteWorker> list(Connection connection) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(LIST);
                ResultSet rows = statement.executeQuery()) {
            List<RemoteWorker> workers = new ArrayList<>();
            while (rows.next()) {
                workers.add(new RemoteWorker(
                        rows.getString("id"),
                        rows.getString("host"),
                        rows.getInt("port"),
                        texts(rows.getArray("queues")),
                        texts(rows.getArray("labels")),
                        texts(rows.getArray("types")),
                        rows.getInt("max_running_tasks"),
                        rows.getInt("running"),
                        rows.getString("token"),
                        rows.getBoolean("alive"),
                        rows.getLong("ago")));
            }
            return List.copyOf(workers);
        }
    }

    /** Deletes what was not heard of for 60 s. */
    int forget() throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(FORGET)) {
            return statement.executeUpdate();
        }
    }

    private static Array texts(Connection connection, List<String> texts) throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
