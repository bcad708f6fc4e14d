package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Reads rows, has each decided, and writes those that nobody else changed meanwhile; the others are read and decided again, in a
 * transaction of their own.
 */
@ApplicationScoped
class Settler {
    private static final int ROUNDS = 50;

    private final Database database;
    private final TaskTable table;
    private final Signals signals;
    private final Settlement settlement =
            new Settlement(() -> ThreadLocalRandom.current().nextLong());

    Settler(Database database, TaskTable table, Signals signals) {
        this.database = database;
        this.table = table;
        this.signals = signals;
    }

    /** Turns a row's draft into its next version, or leaves it as it is. May be asked again with a newer row. */
    @FunctionalInterface
    interface Decision {
        void decide(Settlement settlement, Draft draft);
    }

    /** Whether the task runs under that claim. */
    static boolean isHeld(Draft draft, int claim) {
        return draft.state() == TaskState.ACTIVE && draft.before.claim() == claim;
    }

    /** The last draft of every task that exists, committed. Tasks that do not exist are missing from it. */
    Map<TaskId, Draft> settle(Collection<TaskId> ids, Decision decision) {
        Map<TaskId, Draft> done = new HashMap<>();
        List<TaskId> left = List.copyOf(new LinkedHashSet<>(ids));
        for (int round = 0; !left.isEmpty(); round++) {
            if (round == ROUNDS) {
                throw new IllegalStateException("tasks change faster than they can be settled: " + left.size());
            }
            left = tryRound(left, decision, done);
        }
        return done;
    }

    /** Returns the tasks that somebody else changed in between. */
    private List<TaskId> tryRound(List<TaskId> ids, Decision decision, Map<TaskId, Draft> done) {
        try {
            Round round = database.write(connection -> {
                TaskTable.Loaded loaded = table.load(connection, ids);
                List<Draft> changed = new ArrayList<>();
                Map<TaskId, Draft> settled = new HashMap<>();
                for (Row row : loaded.rows().values()) {
                    Draft draft = new Draft(row, loaded.now());
                    decision.decide(settlement, draft);
                    if (draft.changed()) {
                        changed.add(draft);
                    }
                    settled.put(row.id(), draft);
                }
                changed.sort(Comparator.comparing(d -> d.before.id()));
                List<Draft> saved = changed.isEmpty() ? changed : table.saveInTransaction(connection, changed);
                Set<Draft> lost = new HashSet<>(changed);
                saved.forEach(lost::remove);
                lost.forEach(d -> settled.remove(d.before.id()));
                return new Round(
                        settled, saved, lost.stream().map(d -> d.before.id()).toList());
            });
            done.putAll(round.settled());
            signals.settled(round.saved());
            return round.lost();
        } catch (DatabaseException e) {
            if (e.isCollision()) {
                return ids;
            }
            throw e;
        }
    }

    private record Round(Map<TaskId, Draft> settled, List<Draft> saved, List<TaskId> lost) {}
}
