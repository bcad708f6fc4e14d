package io.taskhub.worker.executor;

import io.taskhub.contracts.TaskConfig;
import io.taskhub.worker.registry.DispatchWatch;
import io.taskhub.worker.registry.Dispatches;
import io.taskhub.worker.registry.RemoteWorker;
import io.taskhub.worker.registry.WorkerChoice;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends a task to a registered worker (decisions §3, Remote): {@code remote} {queue, labels, task}, or a task of a type that
 * a live worker brought. A worker that refuses the connection costs nothing, the next one is tried; once the body was sent, no
 * answer means that the attempt failed.
 */
@Singleton
public final class RemoteExecutor implements Executor {
    private static final Logger LOG = Logger.getLogger(RemoteExecutor.class);
    private static final String REMOTE = "remote";
    private static final long FULL_PAUSE_MS = 500;

    private final Dispatches dispatches;
    private final DispatchWatch watch;

    @Inject
    public RemoteExecutor(Dispatches dispatches, DispatchWatch watch) {
        this.dispatches = dispatches;
        this.watch = watch;
    }

    @Override
    public Set<String> types() {
        return Set.of(REMOTE);
    }

    @Override
    public Ended execute(Execution run, Payload payload) throws Exception {
        Work work = run.work();
        boolean brought = !work.type().equals(REMOTE);
        WorkerChoice.Need need = brought
                ? new WorkerChoice.Need(work.type(), work.queue(), List.of())
                : new WorkerChoice.Need("", payload.text("queue", TaskConfig.DEFAULT_QUEUE), payload.texts("labels"));
        Map<String, Object> task = brought ? pushed(work, payload) : inner(work, payload);
        Set<String> tried = new HashSet<>();
        while (true) {
            UUID dispatch = UUID.randomUUID();
            switch (dispatches.open(dispatch, need, tried)) {
                case Dispatches.Choice.Chosen(RemoteWorker worker) -> {
                    try {
                        return exchange(run, dispatch, worker, task);
                    } catch (RemoteCall.RefusedException e) {
                        tried.add(worker.id());
                        failed(run, worker, "refused");
                    } finally {
                        close(dispatch);
                    }
                }
                // A task of a brought type waits for its turn; a Remote task fails, as the contract has it.
                case Dispatches.Choice.AllFull() when brought -> Thread.sleep(FULL_PAUSE_MS);
                case Dispatches.Choice.AllFull() -> {
                    return nobody(need);
                }
                case Dispatches.Choice.Nobody() -> {
                    return nobody(need);
                }
            }
        }
    }

    private Ended exchange(Execution run, UUID dispatch, RemoteWorker worker, Map<String, Object> task)
            throws InterruptedException, RemoteCall.RefusedException {
        run.event(
                "remote_dispatch",
                "sent to worker " + worker.id(),
                Map.of("worker_id", worker.id(), "host", worker.host() + ":" + worker.port()));
        try (RemoteCall call = new RemoteCall(worker, task, run.work().idempotencyKey())) {
            watch.begin(dispatch, worker.id(), call::silent);
            RemoteReply reply = call.await();
            run.stdout().write(reply.stdout());
            run.stderr().write(reply.stderr());
            return reply.ended(run.work().timeoutMs());
        } catch (RemoteCall.RefusedException e) {
            throw e;
        } catch (IOException e) {
            failed(run, worker, "no_response");
            return Ended.failed(1, "remote_failed no_response: worker " + worker.id() + ": " + Runner.describe(e));
        } finally {
            watch.end(dispatch);
        }
    }

    private static void failed(Execution run, RemoteWorker worker, String reason) {
        run.event(
                "remote_failed",
                "worker " + worker.id() + ": " + reason,
                Map.of("worker_id", worker.id(), "reason", reason));
    }

    private static Ended nobody(WorkerChoice.Need need) {
        return Ended.failed(
                1,
                need.type().isEmpty()
                        ? "no available worker for queue=" + need.queue()
                        : "no available worker for type=" + need.type());
    }

    private static Map<String, Object> inner(Work work, Payload payload) {
        Map<String, Object> task = new LinkedHashMap<>(payload.object("task").values());
        if ("Remote".equalsIgnoreCase(String.valueOf(task.get("exec_type")))) {
            throw new InvalidPayloadException("inner.exec_type must not be Remote");
        }
        if (String.valueOf(task.getOrDefault("id", "")).isBlank()) {
            task.put("id", work.logical());
        }
        return task;
    }

    private static Map<String, Object> pushed(Work work, Payload payload) {
        Map<String, Object> task = new LinkedHashMap<>();
        task.put("id", work.id());
        task.put("exec_type", "Local");
        task.put("exec_command", work.type());
        task.put("exec_params", payload.values());
        task.put("timeout_ms", work.timeoutMs());
        return task;
    }

    private void close(UUID dispatch) {
        try {
            dispatches.close(dispatch);
        } catch (SQLException e) {
            LOG.debugf("dispatch %s stays until it is swept: %s", dispatch, e.getMessage());
        }
    }
}
