package io.taskhub.dag.run;

import io.taskhub.dag.sql.Columns;
import io.taskhub.dag.sql.Database;
import jakarta.inject.Singleton;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Clients that wait for the end of a run: each is an entry here and nothing else, neither a thread nor a connection. */
@Singleton
class RunWaiters {
    private static final String ENDED = "SELECT id FROM run WHERE id = ANY (?) AND status <> 0";

    private final Database database;
    private final ConcurrentMap<String, List<CompletableFuture<Void>>> waiting = new ConcurrentHashMap<>();

    RunWaiters(Database database) {
        this.database = database;
    }

    /** Ends as {@link #ended} says so, or when the one who waits gives up and cancels it. */
    CompletableFuture<Void> enter(String run) {
        CompletableFuture<Void> future = new CompletableFuture<>();
        waiting.compute(run, (id, others) -> {
            List<CompletableFuture<Void>> all = others == null ? new CopyOnWriteArrayList<>() : others;
            all.add(future);
            return all;
        });
        var unused = future.whenComplete((nothing, failure) -> leave(run, future));
        return future;
    }

    private void leave(String run, CompletableFuture<Void> future) {
        waiting.computeIfPresent(run, (id, all) -> {
            all.removeIf(one -> one == future);
            return all.isEmpty() ? null : all;
        });
    }

    /** The run's end is stored. */
    void ended(String run) {
        List<CompletableFuture<Void>> all = waiting.remove(run);
        if (all != null) {
            all.forEach(future -> future.complete(null));
        }
    }

    /** Looks after the runs that are waited for here and carried elsewhere: one query for all. */
    void check(Predicate<String> carriedHere) {
        if (!waiting.isEmpty()) {
            Set<String> elsewhere = new HashSet<>(waiting.keySet());
            elsewhere.removeIf(carriedHere);
            look(elsewhere);
        }
    }

    void look(Collection<String> runs) {
        if (runs.isEmpty()) {
            return;
        }
        List<String> ended = database.read(connection -> {
            List<String> found = new ArrayList<>();
            try (Columns query = new Columns(connection, ENDED).array("text", runs.toArray());
                    ResultSet row = query.statement().executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        });
        ended.forEach(this::ended);
    }
}
