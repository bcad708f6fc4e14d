package io.taskhub.cron.jobs;

import io.taskhub.cron.Job;
import io.taskhub.cron.engine.Engine;
import io.taskhub.cron.engine.PeerException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.hibernate.exception.ConstraintViolationException;

/** What the owners of jobs do with them. */
@ApplicationScoped
public class Jobs {
    private static final String ID_PREFIX = "job_";
    private static final int TRIES = 20;

    /** A job's next fire may be nearer than anybody expects. */
    public record Rescheduled(Job job) {}

    /** The DAG or template cannot run; the message is dag-service's. */
    public static final class FaultyTargetException extends RuntimeException {
        FaultyTargetException(String message) {
            super(message);
        }
    }

    /** Whether it can run, nobody can say now. */
    public static final class UncheckedTargetException extends RuntimeException {
        UncheckedTargetException(PeerException cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final JobTable table;
    private final Engine engine;
    private final Event<Rescheduled> rescheduled;
    private final AtomicLong lastId = new AtomicLong();

    public Jobs(JobTable table, Engine engine, Event<Rescheduled> rescheduled) {
        this.table = table;
        this.engine = engine;
        this.rescheduled = rescheduled;
    }

    public List<Job> all() {
        return table.all();
    }

    public Optional<Job> find(String id) {
        return table.job(id);
    }

    /** @param caller on whose behalf the job starts what it starts */
    public Job create(Job.Draft draft, String caller) {
        check(draft, caller);
        for (int tries = 1; ; tries++) {
            long nowMs = table.nowMs();
            // Two jobs of one millisecond get one id each here; other replicas are met by trying again.
            long number = lastId.updateAndGet(last -> Math.max(last + 1, nowMs));
            try {
                return announced(table.insert(ID_PREFIX + number, nowMs, draft, caller));
            } catch (PersistenceException e) {
                if (tries == TRIES || !(e instanceof ConstraintViolationException)) {
                    throw e;
                }
            }
        }
    }

    /** Empty when there is no such job; so are the others. */
    public Optional<Job> replace(String id, Job.Draft draft, String caller) {
        check(draft, caller);
        return table.replace(id, draft, caller).map(this::announced);
    }

    public Optional<Job> pause(String id, String reason) {
        return table.pause(id, reason);
    }

    public Optional<Job> resume(String id) {
        return table.resume(id).map(this::announced);
    }

    public boolean delete(String id) {
        return table.remove(id);
    }

    private void check(Job.Draft draft, String caller) {
        try {
            engine.fault(draft, caller).ifPresent(fault -> {
                throw new FaultyTargetException(fault);
            });
        } catch (PeerException e) {
            throw new UncheckedTargetException(e);
        }
    }

    private Job announced(Job job) {
        rescheduled.fire(new Rescheduled(job));
        return job;
    }
}
