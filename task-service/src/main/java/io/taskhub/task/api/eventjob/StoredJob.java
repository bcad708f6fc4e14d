package io.taskhub.task.api.eventjob;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Origin;
import io.taskhub.task.Task;
import io.taskhub.task.jobs.PathName;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** A task read as an event job. */
record StoredJob(Task task, DocumentJob asked) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader JOB = JSON.readerFor(DocumentJob.class);
    private static final ObjectReader RESULT = JSON.readerFor(DocumentJob.Result.class);
    private static final String ZIP = ".zip";

    private static final Set<Origin> DOORS = Set.of(Origin.EVENTJOB, Origin.ADMIN);

    /**
     * Empty when it is a task of another dialect, whatever its type says. One that operators tried again is still an event job, if it was
     * one.
     */
    static Optional<StoredJob> of(Task task) {
        if (!task.type().equals(DocumentJob.TYPE) || !DOORS.contains(task.origin())) {
            return Optional.empty();
        }
        Optional<DocumentJob> read = read(JOB, task.description().params());
        return read.filter(StoredJob::isWhole).map(asked -> new StoredJob(task, asked));
    }

    private static boolean isWhole(DocumentJob asked) {
        return Stream.of(
                        asked.event(),
                        asked.session(),
                        asked.url(),
                        asked.filename(),
                        asked.track(),
                        asked.source_language(),
                        asked.target_language())
                .allMatch(Objects::nonNull);
    }

    private static <T> Optional<T> read(ObjectReader reader, String json) {
        try {
            return Optional.ofNullable(reader.readValue(json));
        } catch (JsonProcessingException e) {
            return Optional.empty();
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
        return read(RESULT, data);
    }

    String archiveName() {
        return PathName.stem(asked.filename()) + ZIP;
    }
}
