package io.taskhub.worker.child;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.worker.executor.Execution;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Orders the children of a run and waits for them. Up to 64 runs are attended to at once, each with up to 1,000 children under way; the
 * others wait for their turn. While task-service does not answer they wait too, up to their own timeout.
 */
@Singleton
public final class Children {
    private static final Logger LOG = Logger.getLogger(Children.class);
    /** Runs whose children are attended to at a time. */
    public static final int MOST_PARENTS = 64;

    private static final int MOST_UNDER_WAY = 1_000;
    private static final long FIRST_PAUSE_MS = 200;
    private static final long LONGEST_PAUSE_MS = 5_000;
    private static final Duration CANCEL = Duration.ofSeconds(10);

    private final ChildTasks tasks;
    private final ChildPoll poll;
    private final Semaphore attended = new Semaphore(MOST_PARENTS, true);

    @Inject
    public Children(ChildTasks tasks, ChildPoll poll) {
        this.tasks = tasks;
        this.poll = poll;
    }

    /**
     * Returns when every child has come to its end, and has told {@code news} so on the calling thread. If it ends otherwise, the children
     * are cancelled, unless somebody else is to go on with them.
     *
     * @param children made only when it is the run's turn: any number of runs may wait
     * @throws IOException when task-service will not have the orders
     */
    public void attend(Execution run, Supplier<List<Child>> children, Consumer<ChildNews> news)
            throws IOException, InterruptedException {
        boolean done = false;
        try {
            attended.acquire();
            try {
                for (List<Child> group : groups(children.get())) {
                    attendGroup(group, news);
                }
                done = true;
            } finally {
                attended.release();
            }
        } finally {
            if (!done && !isGoneOnWith(run)) {
                cancel(
                        children.get(),
                        run.stopped() == Execution.Stop.TIMED_OUT ? "parent timed out" : "parent cancelled");
            }
        }
    }

    private static boolean isGoneOnWith(Execution run) {
        return run.stopped() == Execution.Stop.HANDED_BACK || run.stopped() == Execution.Stop.LOST;
    }

    private void attendGroup(List<Child> group, Consumer<ChildNews> news) throws IOException, InterruptedException {
        List<TaskOrder.Receipt> receipts =
                order(group.stream().map(Child::order).toList());
        List<Child> ordered = new ArrayList<>();
        for (int i = 0; i < group.size(); i++) {
            String error = receipts.get(i).error();
            if (error == null) {
                ordered.add(group.get(i));
            } else {
                news.accept(new ChildNews.Failed(group.get(i), error));
            }
        }
        try (ChildPoll.Watch watch = poll.watch(ordered)) {
            for (int open = ordered.size(); open > 0; ) {
                ChildNews next = watch.take();
                news.accept(next);
                open -= next instanceof ChildNews.Started ? 0 : 1;
            }
        }
    }

    /** Repeated until task-service answers: under their keys the orders are harmless. */
    private List<TaskOrder.Receipt> order(List<TaskOrder> orders) throws IOException, InterruptedException {
        for (long pause = FIRST_PAUSE_MS; ; pause = Math.min(LONGEST_PAUSE_MS, pause * 2)) {
            try {
                return tasks.order(orders);
            } catch (ChildTasks.RefusedException e) {
                throw e;
            } catch (IOException e) {
                LOG.debugf("orders wait: %s", e.getMessage());
                Thread.sleep(pause);
            }
        }
    }

    /** Those that were never ordered are unknown to task-service, which is as good as cancelled. */
    private void cancel(List<Child> children, String reason) throws InterruptedException {
        long deadline = System.nanoTime() + CANCEL.toNanos();
        for (List<Child> group : groups(children)) {
            List<TaskId> ids = group.stream().map(Child::id).toList();
            while (!cancelled(ids, reason)) {
                if (System.nanoTime() > deadline) {
                    LOG.warnf("task-service was not told to cancel %d children", children.size());
                    return;
                }
                Thread.sleep(FIRST_PAUSE_MS);
            }
        }
    }

    private boolean cancelled(List<TaskId> ids, String reason) throws InterruptedException {
        try {
            tasks.cancel(ids, reason);
            return true;
        } catch (IOException e) {
            LOG.debugf("children are cancelled again: %s", e.getMessage());
            return false;
        }
    }

    private static List<List<Child>> groups(List<Child> children) {
        List<List<Child>> groups = new ArrayList<>();
        for (int from = 0; from < children.size(); from += MOST_UNDER_WAY) {
            groups.add(children.subList(from, Math.min(children.size(), from + MOST_UNDER_WAY)));
        }
        return groups;
    }
}
