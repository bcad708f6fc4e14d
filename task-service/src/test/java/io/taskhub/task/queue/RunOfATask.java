package io.taskhub.task.queue;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Tasks;
import io.taskhub.task.history.Sweeping;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Tasks that run, for tests of other rooms. */
@ApplicationScoped
public class RunOfATask {
    private final EngineFixture engine;
    private final Tasks tasks;
    private final Sweeping sweeping;

    RunOfATask(EngineFixture engine, Tasks tasks, Sweeping sweeping) {
        this.engine = engine;
        this.tasks = tasks;
        this.sweeping = sweeping;
    }

    /** A run under way. */
    public static final class Run {
        private final EngineFixture.Worker worker;
        private final Lease lease;

        Run(EngineFixture.Worker worker, Lease lease) {
            this.worker = worker;
            this.lease = lease;
        }

        public TaskId task() {
            return lease.task();
        }

        public int claim() {
            return lease.claim();
        }
    }

    public Run start() {
        NewTask task = Given.task().build();
        engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        return new Run(worker, worker.claimsOne());
    }

    /** Its worker gives it back and another run begins. */
    public Run lostAndClaimedAgain(Run run) {
        run.worker.leaves();
        return new Run(run.worker, run.worker.claimsOne());
    }

    public void succeed(Run run) {
        run.worker.reports(EngineFixture.success(run.lease));
    }

    public void delete(Run run) {
        tasks.delete(run.task().toString());
    }

    /** A week and what the sweeper does at its end. */
    public void passSevenDays() {
        engine.passes(Duration.ofDays(7).plusHours(1));
        sweeping.runOnce();
    }

    public void sql(String statement) {
        engine.sql(statement);
    }
}
