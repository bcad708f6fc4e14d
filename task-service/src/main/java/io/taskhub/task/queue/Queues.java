package io.taskhub.task.queue;

import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The names of all queues ever used. Rows are never removed, so what was seen once needs no second look. */
@ApplicationScoped
class Queues {
    private static final String NAMES = "SELECT name FROM queue";
    private static final String PAUSE =
            "INSERT INTO queue (name, paused) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET paused = excluded.paused";

    private final Database database;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    Queues(Database database) {
        this.database = database;
    }

    boolean knows(String name) {
        return known.contains(name);
    }

    /** Committed names only. */
    void add(Collection<String> names) {
        known.addAll(names);
    }

    List<String> names() {
        return List.copyOf(known);
    }

    /** Learns what other replicas have added. */
    void refresh() {
        database.read(connection -> {
            try (Binder query = Binder.prepare(connection, NAMES);
                    ResultSet rows = query.statement().executeQuery()) {
                while (rows.next()) {
                    known.add(rows.getString(1));
                }
                return known.size();
            }
        });
    }

    void pause(String name, boolean paused) {
        database.write(connection -> {
            try (Binder update = Binder.prepare(connection, PAUSE)) {
                return update.text(name).flag(paused).statement().executeUpdate();
            }
        });
        known.add(name);
    }
}
