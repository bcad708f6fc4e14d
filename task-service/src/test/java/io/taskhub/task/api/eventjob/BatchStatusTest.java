package io.taskhub.task.api.eventjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.TaskState;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BatchStatusTest {

    @ParameterizedTest
    @CsvSource({
        "PENDING PENDING,2,PENDING",
        "PENDING PROCESSING,2,PROCESSING",
        "PENDING COMPLETED,2,PROCESSING",
        "PENDING FAILED,2,PROCESSING",
        "PROCESSING FAILED,2,PROCESSING",
        "COMPLETED COMPLETED,2,COMPLETED",
        "COMPLETED FAILED,2,COMPLETED",
        "FAILED FAILED,2,FAILED",
        "FAILED,2,COMPLETED",
        "PENDING,2,PROCESSING"
    })
    void a_batch_is_what_its_jobs_are(String jobs, int jobCount, JobStatus status) {
        List<JobStatus> statuses =
                Arrays.stream(jobs.split(" ")).map(JobStatus::valueOf).toList();
        assertThat(BatchView.status(jobCount, statuses)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "SCHEDULED,pending",
        "PENDING,pending",
        "RETRY,pending",
        "ACTIVE,processing",
        "COMPLETED,completed",
        "ARCHIVED,failed",
        "CANCELLED,failed"
    })
    void every_state_has_its_word(TaskState state, String word) {
        assertThat(JobStatus.of(state).word()).isEqualTo(word);
    }

    @ParameterizedTest
    @CsvSource({
        "PENDING,0,initializing,0",
        "PROCESSING,5,fetching,5",
        "PROCESSING,49,converting,49",
        "PROCESSING,100,translating,99",
        "FAILED,50,assets,50",
        "COMPLETED,100,completed,100"
    })
    void completed_is_the_step_of_a_completed_job_only(JobStatus status, int percent, String step, int shown) {
        assertThat(JobView.Progress.of(status, percent)).isEqualTo(new JobView.Progress(step, shown));
    }
}
