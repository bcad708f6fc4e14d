package io.taskhub.task.queue;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.Submission;
import io.taskhub.task.TaskException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The creates of several callers in one transaction. Used once: made, run, and asked what came of it after the commit. */
final class IntakeBatch {
    private final NewTaskTable table;
    private final Queues queues;
    private final List<Call> calls;
    private final Map<Call, Submission[]> submissions = new HashMap<>();
    private final Map<Call, Once.Answer> answers = new HashMap<>();
    private final Map<Call, TaskException> failures = new HashMap<>();
    private final Map<Call, OnceKeys.Kept> kept = new HashMap<>();
    private final Map<Call, Call> repeats = new LinkedHashMap<>();
    private final List<NewRow> rows = new ArrayList<>();
    private final Set<String> newQueues = new LinkedHashSet<>();
    private String transaction = "";

    /** Where an item's answer belongs. */
    private record Slot(Call call, int index, Call.Item item) {}

    /** Keys are taken in their order, so that two batches never wait in a circle. */
    private record Key(String caller, String path, String key) implements Comparable<Key> {
        private static final Comparator<Key> ORDER =
                Comparator.comparing(Key::caller).thenComparing(Key::path).thenComparing(Key::key);

        static Key of(Once once) {
            return new Key(once.caller(), once.path(), once.key());
        }

        @Override
        public int compareTo(Key other) {
            return ORDER.compare(this, other);
        }
    }

    IntakeBatch(NewTaskTable table, Queues queues, List<Call> calls) {
        this.table = table;
        this.queues = queues;
        this.calls = calls;
    }

    void runInTransaction(Connection connection) throws SQLException {
        int size = calls.stream().mapToInt(c -> c.items.size()).sum();
        NewTaskTable.Beginning begin = table.begin(connection, size);
        transaction = begin.transaction();
        List<Slot> slots = slots(claimKeys(connection, begin.now()));
        List<Slot> free = withoutDuplicates(connection, slots, begin.now());
        for (int i = 0; i < free.size(); i++) {
            Slot slot = free.get(i);
            NewRow row = NewRow.of(slot.item(), begin.numbers().get(i), begin.now());
            rows.add(row);
            answer(slot, row.accepted());
            if (!queues.knows(row.task().queue())) {
                newQueues.add(row.task().queue());
            }
        }
        if (!newQueues.isEmpty()) {
            table.insertQueues(connection, newQueues);
        }
        if (!rows.isEmpty()) {
            table.insertInTransaction(connection, rows);
        }
        answerKeys(connection);
    }

    /** After the commit, before anybody is told: who is woken must know the queue. */
    void publishQueues() {
        queues.add(newQueues);
    }

    /** The database's name for this transaction, to ask for when the answer to COMMIT was lost. */
    String transaction() {
        return transaction;
    }

    List<NewRow> rows() {
        return rows;
    }

    /** After the commit: every caller gets its own answer. */
    void complete() {
        for (Call call : calls) {
            TaskException failure = failures.get(call);
            if (failure != null) {
                call.answer.completeExceptionally(failure);
            } else {
                Submission[] own = submissions.get(call);
                call.answer.complete(new Call.Outcome(own == null ? List.of() : List.of(own), answers.get(call)));
            }
        }
    }

    /** Settles who may create under its idempotency key; the calls that may, and those without a key. */
    private List<Call> claimKeys(Connection connection, long now) throws SQLException {
        List<Call> open = new ArrayList<>();
        Map<Key, Call> first = new TreeMap<>();
        for (Call call : calls) {
            if (call.once == null) {
                open.add(call);
            } else {
                Call before = first.putIfAbsent(Key.of(call.once), call);
                if (before != null) {
                    repeats.put(call, before);
                }
            }
        }
        for (Call call : first.values()) {
            if (call.once == null) {
                continue;
            }
            OnceKeys.Kept known = OnceKeys.takeInTransaction(connection, call.once, now);
            if (known == null) {
                open.add(call);
            } else {
                kept.put(call, known);
                replay(call, call.once, known);
            }
        }
        return open;
    }

    private void replay(Call call, Once once, OnceKeys.Kept known) {
        if (known.fingerprint().equals(once.fingerprint())) {
            answers.put(call, known.answer());
        } else {
            failures.put(call, new TaskException.KeyReused(once.key()));
        }
    }

    private List<Slot> slots(List<Call> open) {
        List<Slot> slots = new ArrayList<>();
        for (Call call : open) {
            submissions.put(call, new Submission[call.items.size()]);
            for (int i = 0; i < call.items.size(); i++) {
                Slot slot = new Slot(call, i, call.items.get(i));
                String refusal = call.refused.get(i);
                if (refusal == null) {
                    slots.add(slot);
                } else {
                    answer(slot, new Submission.Refused(refusal));
                }
            }
        }
        return slots;
    }

    /**
     * Takes the keys; the slots that hold none or hold theirs now. Whose a key is does not follow from the task's id: an order that
     * comes again brings the same one.
     */
    private List<Slot> withoutDuplicates(Connection connection, List<Slot> slots, long now) throws SQLException {
        Map<String, Slot> first = new LinkedHashMap<>();
        List<UniqueKeys.Wanted> wanted = new ArrayList<>();
        for (Slot slot : slots) {
            NewTask.Unique unique = slot.item().task().unique();
            if (unique != null && first.putIfAbsent(unique.key(), slot) == null) {
                wanted.add(wanted(slot.item(), unique, now));
            }
        }
        if (wanted.isEmpty()) {
            return slots;
        }
        Map<String, TaskId> holders = UniqueKeys.takeInTransaction(connection, wanted, now);
        List<Slot> free = new ArrayList<>(slots.size());
        for (Slot slot : slots) {
            NewTask.Unique unique = slot.item().task().unique();
            Slot taker = unique == null ? slot : first.getOrDefault(unique.key(), slot);
            TaskId holder = unique == null ? null : holders.get(unique.key());
            if (holder != null) {
                answer(slot, new Submission.AlreadyExists(holder));
            } else if (taker.equals(slot)) {
                free.add(slot);
            } else {
                answer(slot, new Submission.AlreadyExists(taker.item().id()));
            }
        }
        return free;
    }

    private static UniqueKeys.Wanted wanted(Call.Item item, NewTask.Unique unique, long now) {
        long start = item.task().runAt() == null
                ? now
                : Math.max(now, item.task().runAt().toEpochMilli());
        return new UniqueKeys.Wanted(
                unique.key(), item.id(), start + unique.window().toMillis());
    }

    private void answer(Slot slot, Submission submission) {
        Submission[] own = submissions.get(slot.call());
        if (own != null) {
            own[slot.index()] = submission;
        }
    }

    private void answerKeys(Connection connection) throws SQLException {
        for (Call call : calls) {
            Submission[] own = submissions.get(call);
            Once once = call.once;
            if (once != null && own != null) {
                Once.Answer answer = once.render().apply(List.of(own));
                OnceKeys.answerInTransaction(connection, once, answer);
                answers.put(call, answer);
                kept.put(call, new OnceKeys.Kept(once.fingerprint(), answer));
            }
        }
        repeats.forEach((call, first) -> {
            OnceKeys.Kept known = kept.get(first);
            if (call.once != null && known != null) {
                replay(call, call.once, known);
            }
        });
    }
}
