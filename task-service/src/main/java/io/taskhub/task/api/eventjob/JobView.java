package io.taskhub.task.api.eventjob;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.jobs.JobBatch;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job as clients see it.
 *
 * @param results null until it is completed
 * @param batch_id null for a job of its own
 * @param error null unless it failed
 */
public record JobView(
        String job_id,
        String status,
        Progress progress,
        @Nullable Results results,
        String event,
        String session,
        String url,
        String filename,
        String track,
        String source_language,
        String target_language,
        @Nullable String batch_id,
        @Nullable String error,
        String created_at,
        String updated_at) {
    private static final int WHOLE = 100;

    /** @param percent 0 to 100; 100 with the step {@code completed} only */
    public record Progress(String step, int percent) {
        static Progress of(JobStatus status, int percent) {
            int shown = status == JobStatus.COMPLETED ? WHOLE : Math.min(percent, WHOLE - 1);
            return new Progress(DocumentJob.Step.at(shown).word(), shown);
        }
    }

    /** Paths are those of {@code GET files/{path}}. */
    public record Results(
            String markdown_file,
            List<String> assets,
            String archive_filename,
            boolean translated,
            String title,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String final_url,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String note) {
        static Results of(StoredJob job, DocumentJob.Result result) {
            String below = job.id() + "/";
            List<String> assets = Objects.requireNonNullElse(result.assets(), List.of());
            return new Results(
                    below + result.markdown_file(),
                    assets.stream().map(path -> below + path).toList(),
                    job.archiveName(),
                    result.translated(),
                    result.title(),
                    result.final_url(),
                    result.note());
        }
    }

    static JobView of(StoredJob job) {
        JobStatus status = job.status();
        return view(
                job,
                status,
                job.task().percent(),
                job.result().map(result -> Results.of(job, result)).orElse(null),
                status == JobStatus.FAILED ? error(job.task().result().message()) : null);
    }

    /** As it was when it was created: a worker may have been quicker than the answer. */
    static JobView asCreated(StoredJob job) {
        return view(job, JobStatus.PENDING, 0, null, null);
    }

    private static JobView view(
            StoredJob job, JobStatus status, int percent, @Nullable Results results, @Nullable String error) {
        DocumentJob asked = job.asked();
        UUID batch = job.task().link().batch();
        return new JobView(
                job.id(),
                status.word(),
                Progress.of(status, percent),
                results,
                asked.event(),
                asked.session(),
                asked.url(),
                asked.filename(),
                asked.track(),
                asked.source_language(),
                asked.target_language(),
                batch == null ? null : JobBatch.spelling(batch),
                error,
                Rfc3339.millis(job.task().times().created()),
                Rfc3339.millis(job.task().times().updated()));
    }

    private static String error(String message) {
        return message.isEmpty() ? "failed" : message;
    }
}
