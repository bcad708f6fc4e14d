package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells the other replicas what was committed here: one NOTIFY in five milliseconds, outside of every hot transaction, and none
 * while there is no other replica. What gets lost on the way, the once-a-second scans find.
 */
@ApplicationScoped
class Wire {
    static final String CHANNEL = "taskhub_task";
    private static final long GATHER_MS = 5;
    private static final int PAYLOAD_LIMIT = 7000;
    private static final String NOTIFY = "SELECT pg_notify('" + CHANNEL + "', m) FROM unnest(?::text[]) AS m";

    private final Database database;
    private final String self = UUID.randomUUID().toString();
    private final Map<String, Long> work = new ConcurrentHashMap<>();
    private final ConcurrentLinkedQueue<String> cancels = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean scheduled = new AtomicBoolean();
    private final ScheduledExecutorService sender = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("replica-notify").daemon().factory());
    private volatile boolean alone;

    Wire(Database database) {
        this.database = database;
    }

    /** Marks messages, so that a replica does not hear itself. */
    String self() {
        return self;
    }

    /** Whether this is the only replica; then nothing is sent. */
    void alone(boolean only) {
        alone = only;
    }

    void work(String queue, long tasks) {
        if (!alone) {
            work.merge(queue, tasks, Long::sum);
            schedule();
        }
    }

    void cancel(UUID session, Lease.Claim claim) {
        if (!alone) {
            cancels.add("c " + session + " " + claim.task() + " " + claim.claim());
            schedule();
        }
    }

    void events() {
        if (!alone) {
            schedule();
        }
    }

    private void schedule() {
        if (scheduled.compareAndSet(false, true)) {
            var unused = sender.schedule(this::send, GATHER_MS, TimeUnit.MILLISECONDS);
        }
    }

    /** Messages are lines: {@code e} (events), {@code w <tasks> <queue>}, {@code c <session> <task> <claim>}; the first is the sender. */
    private void send() {
        scheduled.set(false);
        List<String> lines = new ArrayList<>();
        for (String queue : List.copyOf(work.keySet())) {
            Long tasks = work.remove(queue);
            if (tasks != null) {
                lines.add("w " + tasks + " " + queue);
            }
        }
        for (String line = cancels.poll(); line != null; line = cancels.poll()) {
            lines.add(line);
        }
        List<String> messages = messages(lines);
        try {
            database.read(connection -> {
                try (Binder notify = Binder.prepare(connection, NOTIFY)) {
                    return notify.texts(messages).statement().execute();
                }
            });
        } catch (DatabaseException e) {
            // The scans of the other replicas find what they were not told.
        }
    }

    private List<String> messages(List<String> lines) {
        List<String> messages = new ArrayList<>();
        StringBuilder message = new StringBuilder(self).append("\ne");
        for (String line : lines) {
            if (message.length() + line.length() > PAYLOAD_LIMIT) {
                messages.add(message.toString());
                message = new StringBuilder(self);
            }
            message.append('\n').append(line);
        }
        messages.add(message.toString());
        return messages;
    }

    @PreDestroy
    void close() {
        sender.shutdownNow();
    }
}
