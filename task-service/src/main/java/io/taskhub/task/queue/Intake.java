package io.taskhub.task.queue;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.taskhub.task.NewTask;
import io.taskhub.task.Once;
import io.taskhub.task.TaskException;
import io.taskhub.task.TaskServiceConfig;
import io.taskhub.task.sql.Database;
import io.taskhub.task.sql.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: creates that arrive while a commit is under way wait, and go together into the next one. A lone create is
 * committed at once, and the more there are the cheaper each gets. Each caller returns after its own commit.
 */
@ApplicationScoped
public class Intake {
    private static final int RETRY_AFTER_SECONDS = 1;
    private static final long PACE_NANOS = TimeUnit.MILLISECONDS.toNanos(3);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Deque<Call> waiting = new ArrayDeque<>();
    private final List<Thread> lanes = new ArrayList<>();
    private final TaskIds ids = new TaskIds(System::currentTimeMillis);
    private final TaskServiceConfig.Intake config;
    private final Database database;
    private final NewTaskTable table;
    private final Queues queues;
    private final Signals signals;
    private final DistributionSummary batchSizes;
    private int waitingTasks;
    private boolean closed;

    Intake(
            TaskServiceConfig config,
            Database database,
            NewTaskTable table,
            Queues queues,
            Signals signals,
            MeterRegistry metrics) {
        this.config = config.intake();
        this.database = database;
        this.table = table;
        this.queues = queues;
        this.signals = signals;
        this.batchSizes = metrics.summary("taskhub.intake.batch.tasks");
    }

    /** Stores the tasks and returns after their commit. @throws TaskException.IntakeFull when too many wait */
    Call.Outcome submit(List<NewTask> tasks, @Nullable Once once) {
        Call call = new Call(tasks, once, ids);
        enqueue(call);
        try {
            return call.answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TaskException refusal) {
                throw refusal;
            }
            if (e.getCause() instanceof DatabaseException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private void enqueue(Call call) {
        lock.lock();
        try {
            if (closed || (waitingTasks > 0 && waitingTasks + call.size() > config.capacity())) {
                throw new TaskException.IntakeFull(RETRY_AFTER_SECONDS);
            }
            startLanes();
            waiting.add(call);
            waitingTasks += call.size();
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    private void startLanes() {
        while (lanes.size() < config.lanes()) {
            lanes.add(Thread.ofPlatform()
                    .name("intake-" + (lanes.size() + 1))
                    .daemon()
                    .start(this::runLane));
        }
    }

    private void runLane() {
        IntakeLane lane = new IntakeLane(database, table, queues, signals::created);
        for (List<Call> batch = take(); !batch.isEmpty(); batch = take()) {
            long began = System.nanoTime();
            lane.commit(batch);
            if (batch.size() > 1) {
                gather(began);
            }
        }
    }

    /**
     * Where there is company, commits begin at most so often. On a machine that is busy answering requests, each would otherwise take
     * only the two or three creates that came meanwhile, and cost as much as one of thirty.
     */
    private static void gather(long began) {
        long left = PACE_NANOS - (System.nanoTime() - began);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }

    /** Whatever waits, up to a batch; empty when the service stops. */
    private List<Call> take() {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                arrived.awaitUninterruptibly();
            }
            List<Call> batch = new ArrayList<>();
            int tasks = 0;
            while (!waiting.isEmpty()
                    && (batch.isEmpty() || tasks + waiting.peek().size() <= config.batch())) {
                Call call = waiting.remove();
                batch.add(call);
                tasks += call.size();
            }
            waitingTasks -= tasks;
            if (tasks > 0) {
                batchSizes.record(tasks);
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** What waits is still stored; nothing new is taken. */
    @PreDestroy
    void close() {
        lock.lock();
        try {
            closed = true;
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
        for (Thread lane : lanes) {
            try {
                lane.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
