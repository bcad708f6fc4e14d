package io.taskhub.task.api.eventjob;

import io.taskhub.task.api.Rfc3339;
import io.taskhub.task.jobs.JobBatch;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/** A batch as clients see it; {@code failed_count} includes jobs that were cancelled. */
public record BatchView(
        String batch_id,
        String batch_name,
        String status,
        boolean active,
        int job_count,
        int pending_count,
        int processing_count,
        int completed_count,
        int failed_count,
        List<JobView> jobs,
        String created_at) {

    static BatchView of(JobBatch batch, List<StoredJob> jobs) {
        List<JobStatus> statuses = jobs.stream().map(StoredJob::status).toList();
        return view(batch, statuses, jobs.stream().map(JobView::of).toList());
    }

    static BatchView asCreated(JobBatch batch, List<StoredJob> jobs) {
        List<JobView> views = jobs.stream().map(JobView::asCreated).toList();
        return view(batch, Collections.nCopies(jobs.size(), JobStatus.PENDING), views);
    }

    private static BatchView view(JobBatch batch, List<JobStatus> statuses, List<JobView> jobs) {
        return new BatchView(
                JobBatch.spelling(batch.id()),
                batch.name(),
                status(batch.jobCount(), statuses).word(),
                batch.active(),
                batch.jobCount(),
                Collections.frequency(statuses, JobStatus.PENDING),
                Collections.frequency(statuses, JobStatus.PROCESSING),
                Collections.frequency(statuses, JobStatus.COMPLETED),
                Collections.frequency(statuses, JobStatus.FAILED),
                jobs,
                Rfc3339.millis(batch.created()));
    }

    /**
     * Of the jobs that still exist; those that retention took away had finished.
     *
     * @param jobCount how many there were at first
     */
    static JobStatus status(int jobCount, Collection<JobStatus> jobs) {
        if (Collections.frequency(jobs, JobStatus.FAILED) == jobCount) {
            return JobStatus.FAILED;
        }
        if (jobs.stream().allMatch(JobStatus::isFinished)) {
            return JobStatus.COMPLETED;
        }
        return jobs.stream().allMatch(job -> job == JobStatus.PENDING) && jobs.size() == jobCount
                ? JobStatus.PENDING
                : JobStatus.PROCESSING;
    }
}
