package io.taskhub.dag.run;

import io.taskhub.contracts.TaskEvent;
import io.taskhub.dag.sql.DatabaseException;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The runs that this replica carries, and the threads that they are carried on. */
@Singleton
class Drivers implements RunDriver.Surroundings {
    private static final Logger LOG = Logger.getLogger(Drivers.class);
    private static final long FIRST_RELOAD_MS = 500;
    private static final long LAST_RELOAD_MS = 5_000;

    /** Loading reads every node of a run. */
    private static final int LOADS_AT_ONCE = 4;

    private final RunStore store;
    private final TaskService tasks;
    private final RunClock clock;
    private final Ownership ownership;
    private final EventRelay relay;
    private final RunWaiters waiters;
    private final ConcurrentMap<String, RunDriver> drivers = new ConcurrentHashMap<>();
    /** How often in a row a run was loaded in vain. */
    private final ConcurrentMap<String, Integer> failures = new ConcurrentHashMap<>();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("run-reload").daemon().factory());
    private final Semaphore loads = new Semaphore(LOADS_AT_ONCE);

    Drivers(
            RunStore store,
            TaskService tasks,
            RunClock clock,
            Ownership ownership,
            EventRelay relay,
            RunWaiters waiters) {
        this.store = store;
        this.tasks = tasks;
        this.clock = clock;
        this.ownership = ownership;
        this.relay = relay;
        this.waiters = waiters;
    }

    /** Carries a run that was just stored with its first step. */
    void begin(RunStore.Ticket ticket, RunState state, Changes first) {
        RunDriver driver = new RunDriver(ticket, state, false, this);
        drivers.put(ticket.run(), driver);
        driver.begun(first);
    }

    /** Carries a run that is this replica's by now, in place of any older copy of it. */
    void load(String run) {
        threads.execute(() -> {
            loads.acquireUninterruptibly();
            try {
                loadNow(run);
            } catch (DatabaseException e) {
                LOG.warnf("run %s cannot be loaded yet: %s", run, e.getMessage());
                takeLater(run);
            } finally {
                loads.release();
            }
        });
    }

    private void loadNow(String run) {
        RunStore.Loaded loaded = store.load(run, ownership.number()).orElse(null);
        relay.committed(run);
        if (loaded == null || !loaded.running()) {
            return;
        }
        RunState state = new RunState(run, loaded.dag(), loaded.rows(), loaded.seq(), loaded.canceled());
        RunDriver driver = new RunDriver(loaded.ticket(), state, loaded.canceled(), this);
        RunDriver before = drivers.put(run, driver);
        if (before != null) {
            before.end();
        }
        driver.resume();
    }

    /** What the engine's feed brought. */
    void said(String run, TaskEvent event) {
        RunDriver driver = drivers.get(run);
        if (driver != null) {
            driver.said(event);
        }
    }

    boolean carries(String run) {
        return drivers.containsKey(run);
    }

    List<RunDriver> all() {
        return List.copyOf(drivers.values());
    }

    @Override
    public RunStore store() {
        return store;
    }

    @Override
    public TaskService tasks() {
        return tasks;
    }

    @Override
    public RunClock clock() {
        return clock;
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(work);
    }

    @Override
    public void executeLater(Runnable work, long afterMs) {
        if (!later.isShutdown()) {
            var unused = later.schedule(() -> threads.execute(work), afterMs, TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void committed(String run) {
        failures.remove(run);
        relay.committed(run);
    }

    @Override
    public void over(RunDriver driver) {
        failures.remove(driver.run());
        drivers.remove(driver.run(), driver);
        waiters.ended(driver.run());
    }

    @Override
    public void lost(RunDriver driver, boolean takenOver) {
        drivers.remove(driver.run(), driver);
        if (takenOver) {
            failures.remove(driver.run());
        } else {
            takeLater(driver.run());
        }
    }

    private void takeLater(String run) {
        int before = failures.merge(run, 1, Integer::sum) - 1;
        long delay = Math.min(FIRST_RELOAD_MS << Math.min(before, 10), LAST_RELOAD_MS);
        executeLater(() -> take(run), delay);
    }

    private void take(String run) {
        try {
            if (!carries(run) && ownership.take(run)) {
                load(run);
            }
        } catch (DatabaseException e) {
            LOG.warnf("run %s cannot be taken yet: %s", run, e.getMessage());
            takeLater(run);
        }
    }

    /** What is under way is cut off: whoever loads the run next finds out how far it got. */
    @PreDestroy
    void close() {
        later.shutdownNow();
        drivers.values().forEach(RunDriver::end);
        threads.shutdownNow();
    }
}
