package io.taskhub.task.api.eventjob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Origin;
import io.taskhub.task.Task;
import io.taskhub.task.jobs.PathName;
import java.util.Optional;
import java.util.Set;

/** A task read as an event job. */
record StoredJob(Task task, DocumentJob asked) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader JOB = JSON.readerFor(DocumentJob.class);
    private static final ObjectReader RESULT = JSON.readerFor(DocumentJob.Result.class);
    private static final String ZIP = ".zip";

    private static final Set<Origin> DOORS = Set.of(Origin.EVENTJOB, Origin.ADMIN);

    /** Empty when it is a task of another dialect. One that operators tried again is still an event job. */
    static Optional<StoredJob> of(Task task) {
        if (!task.type().equals(DocumentJob.TYPE) || !DOORS.contains(task.origin())) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new StoredJob(task, JOB.readValue(task.description().params())));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored job must be readable: " + task.id(), e);
        }
    }

    String id() {
        return task.id().job();
    }

    JobStatus status() {
        return JobStatus.of(task.state());
    }

    /** What a completed job left; empty when its worker said nothing of it. */
    Optional<DocumentJob.Result> result() {
        String data = task.result().data();
        if (status() != JobStatus.COMPLETED || data == null) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(RESULT.readValue(data));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    String archiveName() {
        return PathName.stem(asked.filename()) + ZIP;
    }
}
