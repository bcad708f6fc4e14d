package io.taskhub.worker.child;

import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOutcome;
import io.taskhub.contracts.TaskState;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Asks for all children of this process in turn, at most 4,000 of them every 500 ms, and less often while nothing changes or task-service
 * does not answer.
 */
@Singleton
public final class ChildPoll {
    private static final Logger LOG = Logger.getLogger(ChildPoll.class);
    private static final int MOST_PER_QUESTION = 1_000;
    private static final int MOST_PER_ROUND = 4_000;
    private static final long SHORTEST_MS = 500;
    private static final long LONGEST_MS = 2_000;

    private final ChildTasks tasks;
    private final long shortestMs;
    private final BlockingQueue<Watched> waiting = new LinkedBlockingQueue<>();
    private @Nullable Thread thread;

    @Inject
    public ChildPoll(ChildTasks tasks) {
        this(tasks, SHORTEST_MS);
    }

    public ChildPoll(ChildTasks tasks, long shortestMs) {
        this.tasks = tasks;
        this.shortestMs = shortestMs;
    }

    /** The children that one parent waits for. */
    static final class Watch implements AutoCloseable {
        private final BlockingQueue<ChildNews> news = new LinkedBlockingQueue<>();
        private volatile boolean closed;

        ChildNews take() throws InterruptedException {
            return news.take();
        }

        /** Nobody waits any more: what is left of it is forgotten. */
        @Override
        public void close() {
            closed = true;
        }
    }

    private static final class Watched {
        private final Child child;
        private final Watch watch;
        private boolean started;

        Watched(Child child, Watch watch) {
            this.child = child;
            this.watch = watch;
        }
    }

    synchronized Watch watch(List<Child> children) {
        Watch watch = new Watch();
        children.forEach(child -> waiting.add(new Watched(child, watch)));
        if (thread == null) {
            thread = Thread.ofVirtual().name("child-poll").start(this::poll);
        }
        return watch;
    }

    private void poll() {
        long pause = shortestMs;
        try {
            while (true) {
                List<Watched> round = new ArrayList<>();
                round.add(waiting.take());
                waiting.drainTo(round, MOST_PER_ROUND - 1);
                pause = runOnce(round) ? shortestMs : Math.min(LONGEST_MS, pause * 2);
                TimeUnit.MILLISECONDS.sleep(pause);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells whether there was any news. */
    private boolean runOnce(List<Watched> round) throws InterruptedException {
        Map<TaskId, Watched> open = new HashMap<>();
        round.stream()
                .filter(watched -> !watched.watch.closed)
                .forEach(watched -> open.put(watched.child.id(), watched));
        List<TaskId> ids = List.copyOf(open.keySet());
        boolean news = false;
        try {
            for (int from = 0; from < ids.size(); from += MOST_PER_QUESTION) {
                List<TaskId> part = ids.subList(from, Math.min(ids.size(), from + MOST_PER_QUESTION));
                TaskOutcome.Reply reply = tasks.outcomes(part);
                for (TaskOutcome outcome : inOrder(reply.outcomes())) {
                    news |= tell(open, outcome);
                }
                for (TaskId gone : reply.unknown()) {
                    news |= end(open, gone, watched -> new ChildNews.Failed(watched.child, "the task is gone"));
                }
            }
        } catch (IOException e) {
            LOG.debugf("children are asked for again: %s", e.getMessage());
        } catch (RuntimeException e) {
            // Every parent of this process hangs on this thread.
            LOG.warn("children are asked for again", e);
        } finally {
            waiting.addAll(open.values());
        }
        return news;
    }

    /** As they ended, which an answer does not promise. */
    private static List<TaskOutcome> inOrder(List<TaskOutcome> outcomes) {
        return outcomes.stream()
                .sorted(Comparator.comparing(TaskOutcome::finished_ms, Comparator.nullsLast(Comparator.naturalOrder())))
                .toList();
    }

    private static boolean tell(Map<TaskId, Watched> open, TaskOutcome outcome) {
        return switch (outcome.state()) {
            case SCHEDULED, PENDING, RETRY -> false;
            case ACTIVE -> start(open, outcome.task());
            case COMPLETED -> end(open, outcome.task(), watched -> new ChildNews.Ended(watched.child, outcome.data()));
            case ARCHIVED, CANCELLED ->
                end(open, outcome.task(), watched -> new ChildNews.Failed(watched.child, reason(outcome)));
        };
    }

    private static String reason(TaskOutcome outcome) {
        if (!outcome.message().isBlank()) {
            return outcome.message();
        }
        return outcome.state() == TaskState.CANCELLED ? "task cancelled" : "task failed";
    }

    private static boolean start(Map<TaskId, Watched> open, TaskId task) {
        Watched watched = open.get(task);
        if (watched == null || watched.started) {
            return false;
        }
        watched.started = true;
        watched.watch.news.add(new ChildNews.Started(watched.child));
        return true;
    }

    private static boolean end(Map<TaskId, Watched> open, TaskId task, Function<Watched, ChildNews> last) {
        Watched watched = open.remove(task);
        if (watched != null) {
            watched.watch.news.add(last.apply(watched));
        }
        return watched != null;
    }

    @PreDestroy
    public synchronized void close() {
        if (thread != null) {
            thread.interrupt();
        }
    }
}
