package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** The worker processes that have been heard of. Their last sign of life is what every lease of theirs hangs on. */
@ApplicationScoped
class Sessions {
    private static final long ANNOUNCE_EVERY_NANOS = 4_000_000_000L;
    private static final int REMEMBERED = 10_000;
    private static final long TYPES_KEPT_MS = 60_000;

    private static final String ANNOUNCE = """
            INSERT INTO worker_session AS s (id, worker, types, labels, queues, last_seen) VALUES (?, ?, ?, ?, ?, clock())
            ON CONFLICT (id) DO UPDATE SET worker = excluded.worker, types = excluded.types, labels = excluded.labels,
                queues = excluded.queues, last_seen = greatest(s.last_seen, excluded.last_seen)
            """;

    private static final String SEEN = """
            INSERT INTO worker_session AS s (id, worker, types, labels, queues, last_seen) VALUES (?, ?, '{}', '{}', '{}', clock())
            ON CONFLICT (id) DO UPDATE SET last_seen = greatest(s.last_seen, excluded.last_seen)
            """;

    private static final String TYPES =
            "SELECT DISTINCT unnest(types) FROM worker_session WHERE last_seen > clock() - ?";
    private static final String FORGET = "DELETE FROM worker_session WHERE id = ?";

    private final Database database;
    private final Map<UUID, Announced> announced = new ConcurrentHashMap<>();

    private record Announced(Profile profile, long nanoTime) {}

    Sessions(Database database) {
        this.database = database;
    }

    /** At the first claim request, whenever its profile changes, and every few seconds. */
    void announce(Lease.ClaimRequest request, Profile profile) {
        Announced last = announced.get(request.session());
        long now = System.nanoTime();
        if (last != null && last.profile().equals(profile) && now - last.nanoTime() < ANNOUNCE_EVERY_NANOS) {
            return;
        }
        if (announced.size() > REMEMBERED) {
            announced.clear();
        }
        database.read(connection -> {
            try (Binder insert = Binder.prepare(connection, ANNOUNCE)) {
                insert.id(request.session()).text(request.worker());
                insert.texts(profile.types()).texts(profile.labels()).texts(profile.queues());
                return insert.statement().executeUpdate();
            }
        });
        announced.put(request.session(), new Announced(profile, now));
    }

    static void seen(Connection connection, UUID session, String worker) throws SQLException {
        try (Binder insert = Binder.prepare(connection, SEEN)) {
            insert.id(session).text(worker).statement().executeUpdate();
        }
    }

    void forget(UUID session) {
        announced.remove(session);
        database.read(connection -> {
            try (Binder delete = Binder.prepare(connection, FORGET)) {
                return delete.id(session).statement().executeUpdate();
            }
        });
    }

    Set<String> announcedTypes() {
        return database.read(connection -> {
            try (Binder query = Binder.prepare(connection, TYPES).number(TYPES_KEPT_MS);
                    ResultSet rows = query.statement().executeQuery()) {
                Set<String> types = new HashSet<>();
                while (rows.next()) {
                    types.add(rows.getString(1));
                }
                return Set.copyOf(types);
            }
        });
    }
}
