package io.taskhub.worker.registry;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A worker that somebody registered.
 *
 * @param types engine types that it runs itself (additive)
 * @param maxRunningTasks 0 = no limit
 * @param runningTasks what it said last, or what we sent to it, whichever is more
 * @param token sent to it as bearer token
 * @param alive heard from within 10 s
 */
public record RemoteWorker(
        String id,
        String host,
        int port,
        List<String> queues,
        List<String> labels,
        List<String> types,
        int maxRunningTasks,
        int runningTasks,
        @Nullable String token,
        boolean alive,
        long lastSeenMsAgo) {

    /** What a worker says of itself when it registers. */
    public record Registration(
            String id,
            String host,
            int port,
            List<String> queues,
            List<String> labels,
            List<String> types,
            int maxRunningTasks,
            int runningTasks,
            @Nullable String token) {}
}
