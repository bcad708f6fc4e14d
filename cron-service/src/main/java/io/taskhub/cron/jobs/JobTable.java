package io.taskhub.cron.jobs;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import io.taskhub.cron.Job;
import io.taskhub.cron.Schedule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The jobs' rows. Every change holds the row's lock and is stamped with the database's time. */
@ApplicationScoped
public class JobTable implements PanacheRepositoryBase<JobRow, String> {
    private static final String DROP_QUEUE = """
            UPDATE fire SET state = 'skipped', reason = 'the job was paused' WHERE job_id = ?1 AND state = 'queued'""";

    /** Where overlap was allowed nobody looked at ends; the engine is not to be asked about years of them. */
    private static final String CLOSE_OLD = """
            UPDATE fire SET ended_ms = clock() WHERE job_id = ?1 AND state = 'created' AND ended_ms IS NULL
                AND id <= (SELECT id FROM fire WHERE job_id = ?1 ORDER BY id DESC OFFSET 100 LIMIT 1)""";

    private final JobTexts texts;

    public JobTable(JobTexts texts) {
        this.texts = texts;
    }

    @Transactional
    public List<Job> all() {
        return listAll(Sort.by("createdMs").and("id")).stream()
                .map(row -> row.toJob(texts))
                .toList();
    }

    @Transactional
    public Optional<Job> job(String id) {
        return findByIdOptional(id).map(row -> row.toJob(texts));
    }

    /** Fails with a constraint violation when the id is taken. */
    @Transactional
    Job insert(String id, long nowMs, Job.Draft draft, String caller) {
        JobRow row = new JobRow(id, nowMs);
        row.fill(draft, texts, caller);
        row.enabled = !Boolean.FALSE.equals(draft.enabled());
        row.updatedMs = nowMs;
        row.nextFireMs = next(row, nowMs);
        persistAndFlush(row);
        return row.toJob(texts);
    }

    /** A due fire that nobody has claimed yet is kept, unless the schedule has changed. */
    @Transactional
    Optional<Job> replace(String id, Job.Draft draft, String caller) {
        return change(id, (row, nowMs) -> {
            Schedule before = texts.schedule(row.spec, row.timezone);
            boolean wasEnabled = row.enabled;
            if (!row.overlap.equals(draft.overlap().wire())) {
                getEntityManager()
                        .createNativeQuery(CLOSE_OLD)
                        .setParameter(1, id)
                        .executeUpdate();
            }
            row.fill(draft, texts, caller);
            row.enabled = draft.enabled() == null ? wasEnabled : draft.enabled();
            boolean same = before.spec().toString().equals(row.spec)
                    && before.zone().getId().equals(row.timezone)
                    && wasEnabled == row.enabled;
            if (!same) {
                row.nextFireMs = next(row, nowMs);
            }
            if (row.enabled) {
                row.pauseReason = "";
            } else {
                dropQueue(id);
            }
        });
    }

    /** What waits in its queue is dropped: nothing of a paused job starts any more. */
    @Transactional
    Optional<Job> pause(String id, String reason) {
        return change(id, (row, nowMs) -> {
            row.enabled = false;
            row.pauseReason = reason;
            row.nextFireMs = null;
            dropQueue(id);
        });
    }

    /** From now on; what was missed meanwhile is not made up for. */
    @Transactional
    Optional<Job> resume(String id) {
        return change(id, (row, nowMs) -> {
            if (!row.enabled) {
                row.enabled = true;
                row.pauseReason = "";
                row.nextFireMs = next(row, nowMs);
            }
        });
    }

    /** With its history and its pending fires; what it started goes on. */
    @Transactional
    boolean remove(String id) {
        return delete("id", id) > 0;
    }

    long nowMs() {
        return ((Number) getEntityManager()
                        .createNativeQuery("SELECT clock()", Long.class)
                        .getSingleResult())
                .longValue();
    }

    private interface Change {
        void apply(JobRow row, long nowMs);
    }

    private Optional<Job> change(String id, Change change) {
        JobRow row = findById(id, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            return Optional.empty();
        }
        long nowMs = nowMs();
        change.apply(row, nowMs);
        row.updatedMs = nowMs;
        return Optional.of(row.toJob(texts));
    }

    private void dropQueue(String id) {
        getEntityManager().createNativeQuery(DROP_QUEUE).setParameter(1, id).executeUpdate();
    }

    private @Nullable Long next(JobRow row, long nowMs) {
        OptionalLong next =
                row.enabled ? texts.schedule(row.spec, row.timezone).nextAfter(nowMs) : OptionalLong.empty();
        return next.isPresent() ? (Long) next.getAsLong() : null;
    }
}
