package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.QueueStats;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.history.EventHistory;
import io.taskhub.task.history.OutboxRelay;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Two engines that share nothing but the database. */
@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwoEnginesTest {
    private static final int TASKS = 10_000;

    @Inject
    Tasks tasks;

    @Inject
    Database database;

    @Inject
    EventHistory history;

    @Inject
    OutboxRelay relay;

    @Inject
    TaskServiceConfig config;

    private final String queue = "q-" + UUID.randomUUID();

    private record Engine(ClaimDesk desk, Leases leases) {}

    @Test
    void of_10_000_tasks_none_is_lost_none_completed_twice_none_dead() throws Exception {
        Map<TaskId, Integer> runs = new ConcurrentHashMap<>();
        List<String> errors = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> workers = new ArrayList<>();
            for (int e = 0; e < 2; e++) {
                Engine engine = engine();
                for (int w = 0; w < 2; w++) {
                    workers.add(threads.submit(() -> work(engine, runs, errors)));
                }
            }
            for (int i = 0; i < TASKS / 500; i++) {
                NewTask task = Given.task().inQueue(queue).build();
                tasks.submit(Collections.nCopies(500, task));
            }
            for (Future<?> worker : workers) {
                worker.get();
            }
        }
        assertThat(errors).isEmpty();
        assertThat(runs).hasSize(TASKS).values().containsOnly(1);
        QueueStats stats = tasks.queueStats(queue).getFirst();
        assertThat(stats.completed()).isEqualTo(TASKS);
        assertThat(stats.pending() + stats.active() + stats.retry() + stats.archived())
                .isZero();
    }

    private void work(Engine engine, Map<TaskId, Integer> runs, List<String> errors) {
        UUID session = UUID.randomUUID();
        while (runs.size() < TASKS) {
            Lease.Batch batch = engine.desk()
                    .claim(
                            new Lease.ClaimRequest(
                                    session,
                                    "w",
                                    UUID.randomUUID(),
                                    false,
                                    200,
                                    List.of(queue),
                                    List.of("noop"),
                                    List.of(),
                                    500),
                            gone -> {});
            List<Report> results = new ArrayList<>();
            for (Lease lease : batch.leases()) {
                runs.merge(lease.task(), 1, Integer::sum);
                results.add(EngineFixture.success(lease));
            }
            engine.leases()
                    .report(new Lease.ReportBatch(session, results))
                    .refused()
                    .forEach(r -> errors.add(r.toString()));
        }
    }

    private Engine engine() {
        var metrics = new SimpleMeterRegistry();
        Queues queues = new Queues(database);
        Waiters waiters = new Waiters();
        Signals signals = new Signals(waiters, relay, new Wire(database));
        TaskTable table = new TaskTable(history);
        Settler settler = new Settler(database, table, signals);
        Sessions sessions = new Sessions(database);
        DueScan scan = new DueScan(database, queues, waiters, signals);
        Thread.startVirtualThread(() -> scanUntilDone(scan));
        return new Engine(
                new ClaimDesk(database, new Claims(history), sessions, waiters, queues, signals, settler, metrics),
                new Leases(config, database, table, settler, sessions, waiters, metrics));
    }

    /** Stands for the scheduler, which knows only the service's own engine. */
    private void scanUntilDone(DueScan scan) {
        while (tasks.queueStats(queue).getFirst().completed() < TASKS) {
            scan.runOnce();
            java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
        }
    }
}
