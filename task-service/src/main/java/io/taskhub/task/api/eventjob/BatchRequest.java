package io.taskhub.task.api.eventjob;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.taskhub.task.NewTask;
import io.taskhub.task.api.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The body of {@code POST batches}: 1 to 1,000 jobs, all of them good or none is created. */
record BatchRequest(String name, List<JobRequest> jobs) {
    private static final int MAX_JOBS = 1_000;
    private static final int LONGEST_NAME = 200;

    /** @throws Failure.Thrown INVALID_REQUEST that names the first bad job by its index */
    static BatchRequest parse(Fields body) {
        if (!(body.value("jobs") instanceof ArrayNode array) || array.isEmpty() || array.size() > MAX_JOBS) {
            throw Fields.invalid("jobs must be an array of 1 to " + MAX_JOBS + " jobs");
        }
        List<JobRequest> jobs = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            try {
                jobs.add(JobRequest.parse(Fields.of(array.get(i))));
            } catch (Failure.Thrown e) {
                throw Fields.invalid("jobs[" + i + "]: " + e.failure().message());
            }
        }
        return new BatchRequest(
                body.text("batch_name", LONGEST_NAME, jobs.getFirst().asked().event()), jobs);
    }

    List<NewTask> tasks(UUID batch, String caller) {
        return jobs.stream().map(job -> job.task(batch, caller)).toList();
    }
}
