package io.taskhub.task.api.eventjob;

import io.taskhub.contracts.TaskId;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.Tasks;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Failure.Kind;
import io.taskhub.task.jobs.JobBatch;
import io.taskhub.task.jobs.JobBatches;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The tasks and batches of this dialect, as its resources ask for them: what is not there is 404 in its words. */
@Singleton
class Jobs {
    private final Tasks tasks;
    private final JobBatches batches;

    Jobs(Tasks tasks, JobBatches batches) {
        this.tasks = tasks;
        this.batches = batches;
    }

    /** A batch with those of its jobs that still exist, at least one. */
    record Batch(JobBatch batch, List<StoredJob> jobs) {
        List<TaskId> ids() {
            return jobs.stream().map(job -> job.task().id()).toList();
        }
    }

    /** In any spelling of its id. */
    StoredJob job(String id) {
        return find(id).orElseThrow(() -> new Failure.Thrown(Kind.NOT_FOUND, "job not found: " + id));
    }

    Optional<StoredJob> find(String id) {
        return tasks.find(id).flatMap(StoredJob::of);
    }

    Batch batch(String id) {
        return JobBatch.parse(id)
                .flatMap(batches::find)
                .map(found -> new Batch(found, stored(tasks.ofBatch(found.id()))))
                .filter(found -> !found.jobs().isEmpty())
                .orElseThrow(() -> noBatch(id));
    }

    static Failure.Thrown noBatch(String id) {
        return new Failure.Thrown(Kind.NOT_FOUND, "batch not found: " + id);
    }

    /** All of them, in one transaction. */
    List<StoredJob> create(List<NewTask> wanted) {
        List<TaskId> ids = new ArrayList<>(wanted.size());
        List<String> refusals = new ArrayList<>();
        for (Submission outcome : tasks.submit(wanted)) {
            switch (outcome) {
                case Submission.Accepted made -> ids.add(made.id());
                case Submission.AlreadyExists(TaskId holder) -> refusals.add("exists already: " + holder);
                case Submission.Refused(String reason) -> refusals.add(reason);
            }
        }
        if (!refusals.isEmpty()) {
            tasks.failAll(ids, "another job of the batch could not be stored");
            throw new Failure.Thrown(Kind.INVALID_REQUEST, "not stored: " + refusals.getFirst());
        }
        Map<TaskId, Task> made = tasks.findAll(ids);
        return stored(ids.stream().map(made::get).filter(Objects::nonNull).toList());
    }

    private static List<StoredJob> stored(List<Task> found) {
        return found.stream().map(StoredJob::of).flatMap(Optional::stream).toList();
    }
}
