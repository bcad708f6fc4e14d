package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.history.OutboxRelay;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** What is said after a commit: work for waiting claims, cancels for their sessions, events for the relay, all of it for other replicas. */
@ApplicationScoped
class Signals {
    /** Later than this the {@link DueScan} sees it coming. */
    static final long SOON_MS = 1500;

    private final Waiters waiters;
    private final WorkMemory memory = new WorkMemory();
    private final OutboxRelay relay;
    private final Wire wire;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("due-timer").daemon().factory());

    Signals(Waiters waiters, OutboxRelay relay, Wire wire) {
        this.waiters = waiters;
        this.relay = relay;
        this.wire = wire;
    }

    WorkMemory memory() {
        return memory;
    }

    /** New tasks are committed. */
    void created(List<NewRow> rows) {
        Map<String, Integer> due = new HashMap<>();
        for (NewRow row : rows) {
            if (row.state() == TaskState.PENDING) {
                due.merge(row.task().queue(), 1, Integer::sum);
            } else if (row.state() == TaskState.SCHEDULED) {
                soon(row.task().queue(), row.runAt() - row.now());
            }
        }
        if (!rows.isEmpty()) {
            work(due);
            events();
        }
    }

    /** Changes to known tasks are committed. */
    void settled(Collection<Draft> drafts) {
        Map<String, Integer> due = new HashMap<>();
        for (Draft draft : drafts) {
            String queue = draft.before.queue();
            UUID session = draft.before.session();
            if (draft.state() == TaskState.PENDING) {
                due.merge(queue, 1, Integer::sum);
            } else if (draft.state() == TaskState.RETRY) {
                soon(queue, draft.runAt - draft.now());
            } else if (session != null
                    && (draft.stopsWorker || (draft.cancelRequested && !draft.before.cancelRequested()))) {
                Lease.Claim claim = new Lease.Claim(draft.before.id(), draft.before.claim());
                waiters.cancel(session, claim);
                wire.cancel(session, claim);
            }
        }
        if (!drafts.isEmpty()) {
            work(due);
            events();
        }
    }

    /** Tasks that were held may be claimed: how many, by queue. */
    void released(Map<String, Integer> tasks) {
        work(tasks);
    }

    /** Events are committed. */
    void events() {
        relay.signal();
        wire.events();
    }

    private void work(Map<String, Integer> due) {
        due.forEach((queue, tasks) -> {
            arrived(queue, tasks);
            wire.work(queue, tasks);
        });
    }

    /** Tasks of that queue can be claimed, as far as this process is concerned. */
    void arrived(String queue, long tasks) {
        memory.announce(queue);
        waiters.feed(queue, tasks);
    }

    /** A task of that queue will be due. */
    void soon(String queue, long delayMs) {
        if (delayMs <= SOON_MS) {
            var unused = timer.schedule(() -> arrived(queue, 1), Math.max(1, delayMs + 1), TimeUnit.MILLISECONDS);
        }
    }

    @PreDestroy
    void close() {
        timer.shutdownNow();
    }
}
