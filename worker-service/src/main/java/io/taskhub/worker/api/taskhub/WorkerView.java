package io.taskhub.worker.api.taskhub;

import io.taskhub.worker.registry.RemoteWorker;
import java.util.List;

/** A registered worker as the contract lists it, then what was added to it. Its token is never shown. */
public record WorkerView(
        String id,
        String host,
        int port,
        int running_tasks,
        boolean alive,
        long last_seen_ms_ago,
        List<String> queues,
        List<String> labels,
        List<String> types,
        int max_running_tasks) {

    static WorkerView of(RemoteWorker worker) {
        return new WorkerView(
                worker.id(),
                worker.host(),
                worker.port(),
                worker.runningTasks(),
                worker.alive(),
                worker.lastSeenMsAgo(),
                worker.queues(),
                worker.labels(),
                worker.types(),
                worker.maxRunningTasks());
    }
}
