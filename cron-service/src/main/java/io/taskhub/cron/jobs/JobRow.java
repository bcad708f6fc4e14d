package io.taskhub.cron.jobs;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.taskhub.cron.Job;
import io.taskhub.cron.MisfirePolicy;
import io.taskhub.cron.OverlapPolicy;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** A job as the table has it. It is changed under its row's lock only: the firer moves {@code next_fire_ms} in SQL of its own. */
@Entity
@Table(name = "job")
@SuppressWarnings("NullAway.Init") // Hibernate fills the fields
public class JobRow extends PanacheEntityBase {
    @Id
    String id;

    String name;
    String spec;
    String timezone;
    boolean enabled;

    @Column(name = "pause_reason")
    String pauseReason = "";

    @Column(name = "target_type")
    String targetType;

    String target;
    String misfire;
    String overlap;

    @Column(name = "next_fire_ms")
    @Nullable
    Long nextFireMs;

    @Column(name = "created_by")
    String createdBy;

    @Column(name = "created_ms")
    long createdMs;

    @Column(name = "updated_ms")
    long updatedMs;

    protected JobRow() {}

    JobRow(String id, long createdMs) {
        this.id = id;
        this.createdMs = createdMs;
    }

    /** Takes over everything but state and time. */
    void fill(Job.Draft draft, JobTexts texts, String caller) {
        name = draft.name();
        spec = draft.schedule().spec().toString();
        timezone = draft.schedule().zone().getId();
        targetType = draft.target().type();
        target = texts.text(draft.target());
        misfire = draft.misfire().wire();
        overlap = draft.overlap().wire();
        createdBy = caller;
    }

    Job toJob(JobTexts texts) {
        return new Job(
                id,
                name,
                texts.schedule(spec, timezone),
                enabled,
                pauseReason,
                texts.target(targetType, target),
                MisfirePolicy.of(misfire),
                OverlapPolicy.of(overlap),
                nextFireMs,
                createdBy,
                createdMs,
                updatedMs);
    }
}
