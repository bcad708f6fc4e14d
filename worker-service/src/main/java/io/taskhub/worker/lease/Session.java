package io.taskhub.worker.lease;

import io.taskhub.contracts.TaskId;
import io.taskhub.worker.WorkerConfig;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/** This process as task-service knows it: a new id at every start, so what a process before it held is plainly not ours. */
@Singleton
public final class Session {
    private final UUID id = TaskId.next().uuid();
    private final String worker;
    private volatile long answeredNanos;
    private volatile boolean answered;

    @Inject
    public Session(WorkerConfig config) {
        this(config.name().orElseGet(Session::processName));
    }

    Session(String worker) {
        this.worker = worker;
    }

    public UUID id() {
        return id;
    }

    /** The process's name, for people. */
    public String worker() {
        return worker;
    }

    /** task-service answered something. */
    void heard() {
        answeredNanos = System.nanoTime();
        answered = true;
    }

    /** Whether task-service answered within the last so many nanoseconds. */
    public boolean heardWithin(long nanos) {
        return answered && System.nanoTime() - answeredNanos <= nanos;
    }

    private static String processName() {
        String host = System.getenv().getOrDefault("HOSTNAME", "worker");
        return host + "-" + ProcessHandle.current().pid();
    }
}
