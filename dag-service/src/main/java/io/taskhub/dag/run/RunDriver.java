package io.taskhub.dag.run;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskConfig;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.dag.Resolver;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Carries one run: collects what the engine says, asks {@link RunState} what follows, writes that in one transaction, then orders the
 * tasks of the nodes that start. One step at a time, on a virtual thread while there is work; what comes meanwhile goes into the next
 * step together. When anything fails the driver ends, and the run is loaded again.
 */
final class RunDriver {
    private static final Logger LOG = Logger.getLogger(RunDriver.class);

    /** Linux takes at most 128 KiB for one argument of a program. */
    private static final int MAX_COMMAND_CHARS = 120 * 1024;

    /** What decides nothing, such as a start, waits this long for what comes next: short tasks end before, and both are one step. */
    private static final long GATHERED_MS = 15;

    /** Messages to a driver. */
    private sealed interface Message {
        /** The engine's feed brought an event of one of the run's tasks. */
        record Said(TaskEvent event) implements Message {}

        /** Something may have been missed: ask the engine. */
        record Look() implements Message {}
    }

    /** What a driver needs of the service. */
    interface Surroundings {
        RunStore store();

        TaskService tasks();

        RunClock clock();

        void execute(Runnable work);

        void executeLater(Runnable work, long afterMs);

        /** Events were committed. */
        void committed(String run);

        /** The run ended, and that is stored. */
        void over(RunDriver driver);

        /** This copy is of no use any more. {@code takenOver}: somebody else carries the run; else it is to be loaded again. */
        void lost(RunDriver driver, boolean takenOver);
    }

    private final RunStore.Ticket ticket;
    private final RunState state;
    private final boolean canceled;
    private final Surroundings around;
    private final Queue<Message> mailbox = new ConcurrentLinkedQueue<>();

    /** From its birth on: what it is told before its first step waits until that is done. */
    private final AtomicBoolean working = new AtomicBoolean(true);

    private final AtomicBoolean gathering = new AtomicBoolean();
    private final AtomicLong lastNews = new AtomicLong(System.nanoTime());
    private volatile boolean ended;

    RunDriver(RunStore.Ticket ticket, RunState state, boolean canceled, Surroundings around) {
        this.ticket = ticket;
        this.state = state;
        this.canceled = canceled;
        this.around = around;
    }

    String run() {
        return ticket.run();
    }

    /** A run that was just stored with its first step. */
    void begun(Changes first) {
        run(() -> after(first));
    }

    /** A run that was loaded: goes on where it was left. */
    void resume() {
        run(() -> {
            order(state.unconfirmed());
            step(List.of(), true);
            if (canceled) {
                around.tasks().cancel(List.copyOf(state.running().keySet()), "run canceled");
            }
        });
    }

    void said(TaskEvent event) {
        mailbox.add(new Message.Said(event));
        if (event instanceof TaskEvent.Finished || event instanceof TaskEvent.Deleted) {
            wake();
        } else if (gathering.compareAndSet(false, true)) {
            around.executeLater(this::gathered, GATHERED_MS);
        }
    }

    void look() {
        mailbox.add(new Message.Look());
        wake();
    }

    private void gathered() {
        gathering.set(false);
        if (!mailbox.isEmpty()) {
            wake();
        }
    }

    /** Nanoseconds since the engine said something. */
    long silentNanos() {
        return System.nanoTime() - lastNews.get();
    }

    /** Nothing is done any more. */
    void end() {
        ended = true;
    }

    private void wake() {
        if (working.compareAndSet(false, true)) {
            around.execute(this::work);
        }
    }

    private void run(Step first) {
        around.execute(() -> {
            guarded(first);
            work();
        });
    }

    private void work() {
        do {
            List<Message> messages = new ArrayList<>();
            for (Message message = mailbox.poll(); message != null; message = mailbox.poll()) {
                messages.add(message);
            }
            if (messages.isEmpty()) {
                working.set(false);
            } else {
                guarded(() -> work(messages));
            }
        } while (working.get() || (!mailbox.isEmpty() && working.compareAndSet(false, true)));
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void guarded(Step step) {
        if (ended) {
            return;
        }
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warnf("run %s is loaded again: %s", run(), e);
            LOG.debug("because", e);
            lost(false);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            lost(false);
        }
    }

    private void lost(boolean takenOver) {
        ended = true;
        around.lost(this, takenOver);
    }

    private void work(List<Message> messages) throws IOException, InterruptedException {
        lastNews.set(System.nanoTime());
        List<TaskEvent> said = new ArrayList<>();
        boolean look = false;
        for (Message message : messages) {
            switch (message) {
                case Message.Said(TaskEvent event) -> said.add(event);
                case Message.Look _ -> look = true;
            }
        }
        step(said, look);
    }

    private void step(List<TaskEvent> said, boolean look) throws IOException, InterruptedException {
        Map<TaskId, Integer> wanted = look ? state.running() : state.gaps(said);
        List<TaskEvent> events = said;
        Set<TaskId> unknown = Set.of();
        if (!wanted.isEmpty()) {
            TaskService.News news = around.tasks().news(wanted);
            events = new ArrayList<>(news.events());
            events.addAll(said);
            unknown = news.unknown();
        }
        List<TaskId> over = state.ended(events);
        Map<TaskId, TaskOutcome> outcomes =
                over.isEmpty() ? Map.of() : around.tasks().outcomes(over);
        commit(state.apply(events, outcomes, around.clock().millis()));
        if (!unknown.isEmpty()) {
            commit(state.fail(missing(unknown), around.clock().millis()));
        }
    }

    /** The engine has had the task once: it was deleted, and a second one is never made. */
    private Map<Integer, String> missing(Set<TaskId> unknown) {
        Map<Integer, String> reasons = new HashMap<>();
        for (TaskId task : unknown) {
            Integer node = state.nodeOf(task);
            if (node != null) {
                reasons.put(node, "task " + task + " was deleted");
            }
        }
        return reasons;
    }

    private void commit(Changes changes) throws IOException, InterruptedException {
        if (ended || changes.isEmpty()) {
            return;
        }
        if (around.store().write(ticket, state.dag(), changes)) {
            after(changes);
        } else {
            lost(true);
        }
    }

    private void after(Changes changes) throws IOException, InterruptedException {
        if (!changes.events().isEmpty()) {
            around.committed(run());
        }
        if (state.isOver()) {
            ended = true;
            around.over(this);
        } else {
            order(changes.start());
        }
    }

    private void order(List<Integer> nodes) throws IOException, InterruptedException {
        if (nodes.isEmpty()) {
            return;
        }
        Resolver resolver = resolver(nodes);
        Map<String, Integer> byKey = new HashMap<>();
        Map<Integer, String> refused = new HashMap<>();
        List<TaskOrder> orders = new ArrayList<>(nodes.size());
        for (int node : nodes) {
            TaskId task = state.taskOf(node);
            TaskConfig config = resolver.resolve(state.dag().node(node).task());
            if (config.exec_command().length() > MAX_COMMAND_CHARS) {
                refused.put(node, "the command is longer than 120 KiB with its placeholders filled in");
            } else if (task != null) {
                TaskOrder order = TaskOrder.of(key(config.id()), task, config, source(config.id()));
                byKey.put(order.key(), node);
                orders.add(order);
            }
        }
        around.tasks().order(orders).forEach((key, reason) -> refused.put(byKey.getOrDefault(key, -1), reason));
        if (!refused.isEmpty()) {
            commit(state.fail(refused, around.clock().millis()));
        }
    }

    private Resolver resolver(List<Integer> nodes) {
        Set<String> wanted = new TreeSet<>();
        nodes.forEach(
                node -> wanted.addAll(Resolver.nodes(state.dag().node(node).task())));
        return new Resolver(state.dag().params(), around.store().outputs(run(), wanted));
    }

    /** A retried run orders its nodes anew. */
    private String key(String node) {
        String key = "dag:" + run() + ":" + node;
        return ticket.round() == 1 ? key : key + ":" + ticket.round();
    }

    private TaskOrder.Source source(String node) {
        return new TaskOrder.Source(Origin.DAG, run(), node, ticket.cronJobId(), ticket.createdBy());
    }
}
