package io.taskhub.cron.api.taskhub;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.taskhub.cron.Job;
import io.taskhub.cron.Target;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A job as the contract lists it, then what was added to it; alone, also its target under {@code task}, {@code dag} or
 * {@code template}.
 *
 * @param next_time_epoch seconds; 0 while it is paused or when it never fires again
 */
@JsonPropertyOrder({"id", "name", "spec", "enabled", "target_type", "next_time_epoch", "summary"})
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JobView(
        String id,
        String name,
        String spec,
        boolean enabled,
        String target_type,
        long next_time_epoch,
        Map<String, Object> summary,
        String timezone,
        String misfire,
        String overlap,
        String pause_reason,
        String created_by,
        long created_ms,
        long updated_ms,
        @JsonAnyGetter Map<String, Object> target) {
    private static final long MS = 1_000;

    static JobView listed(Job job) {
        return of(job, Map.of());
    }

    static JobView whole(Job job) {
        return of(job, Map.of(job.target().field(), job.target().body()));
    }

    private static JobView of(Job job, Map<String, Object> target) {
        Long next = job.nextFireMs();
        return new JobView(
                job.id(),
                job.name(),
                job.schedule().spec().toString(),
                job.enabled(),
                job.target().type(),
                next == null ? 0 : next / MS,
                summary(job.target()),
                job.schedule().zone().getId(),
                job.misfire().wire(),
                job.overlap().wire(),
                job.pauseReason(),
                job.createdBy(),
                job.createdMs(),
                job.updatedMs(),
                target);
    }

    private static Map<String, Object> summary(Target target) {
        if (!(target instanceof Target.SingleTask single)) {
            return Map.of();
        }
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("exec_type", single.task().exec_type().wire());
        summary.put("exec_command", single.task().exec_command());
        return summary;
    }
}
