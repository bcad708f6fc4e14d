package io.taskhub.worker.registry;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which registered worker gets a task (decisions §3): alive, serves the queue, has every label, below its own limit, fewest
 * running tasks, then smallest id.
 */
public final class WorkerChoice {
    private static final String DEFAULT_QUEUE = "default";

    /**
     * What a task asks of a worker.
     *
     * @param type empty for a Remote task, else the type that the worker must have registered; a worker that lists no queues then
     *     serves all of them
     */
    public record Need(String type, String queue, List<String> labels) {}

    private WorkerChoice() {}

    /** The worker to try next; {@code tried} ones refused already. */
    public static Optional<RemoteWorker> choose(Collection<RemoteWorker> workers, Need need, Set<String> tried) {
        return workers.stream()
                .filter(worker -> !tried.contains(worker.id()))
                .filter(worker -> suits(worker, need))
                .filter(WorkerChoice::hasRoom)
                .min(Comparator.comparingInt(RemoteWorker::runningTasks).thenComparing(RemoteWorker::id));
    }

    /** Whether waiting could help: a worker that suits is alive, but has as much as it wants. */
    public static boolean someAreFull(Collection<RemoteWorker> workers, Need need, Set<String> tried) {
        return workers.stream()
                .anyMatch(worker -> !tried.contains(worker.id()) && suits(worker, need) && !hasRoom(worker));
    }

    private static boolean suits(RemoteWorker worker, Need need) {
        return worker.alive()
                && serves(worker, need)
                && worker.labels().containsAll(need.labels())
                && (need.type().isEmpty() || worker.types().contains(need.type()));
    }

    private static boolean serves(RemoteWorker worker, Need need) {
        if (worker.queues().isEmpty()) {
            return !need.type().isEmpty() || need.queue().equals(DEFAULT_QUEUE);
        }
        return worker.queues().contains(need.queue());
    }

    private static boolean hasRoom(RemoteWorker worker) {
        return worker.maxRunningTasks() == 0 || worker.runningTasks() < worker.maxRunningTasks();
    }
}
