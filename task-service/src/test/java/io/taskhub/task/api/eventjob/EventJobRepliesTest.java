package io.taskhub.task.api.eventjob;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.DocumentJob;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.NewTask;
import io.taskhub.task.Task;
import io.taskhub.task.api.Failure;
import io.taskhub.task.api.Golden;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.SampleTask;
import io.taskhub.task.artifact.Artifact;
import io.taskhub.task.jobs.JobBatch;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventJobRepliesTest {
    private static final UUID BATCH = UUID.fromString("0199c8f0-0000-7000-8000-0000000000ba");
    private static final Instant CREATED = Instant.parse("2026-03-10T08:51:32.123Z");
    private static final DocumentJob ASKED = new DocumentJob(
            "Event Name", "Session *Name*", "https://example.com/session", "session.md", "Track Name", "en", "de");
    private static final String RESULT = JsonBody.write(new DocumentJob.Result(
            "Event Name/DE/Track Name/session.md",
            List.of("Event Name/assets/session/1.png"),
            "Session Name",
            false,
            "https://example.com/session/",
            "no translator"));

    @Test
    void a_completed_job() {
        Golden.assertMatches("event-job-completed", Answer.job(JobView.of(job(TaskState.COMPLETED, "", RESULT))));
    }

    @Test
    void a_failed_job() {
        Golden.assertMatches("event-job-failed", Answer.job(JobView.of(job(TaskState.ARCHIVED, "no such page", null))));
    }

    @Test
    void a_batch() {
        var batch = new JobBatch(BATCH, "My Batch", 2, true, CREATED);
        List<StoredJob> jobs = List.of(job(TaskState.COMPLETED, "", RESULT), job(TaskState.RETRY, "once", null));
        Golden.assertMatches("event-job-batch", BatchView.of(batch, jobs));
    }

    @Test
    void a_new_job_is_pending_however_quick_its_worker_was() {
        JobView view = JobView.asCreated(job(TaskState.COMPLETED, "", RESULT));
        assertThat(view.status()).isEqualTo("pending");
        assertThat(view.progress()).isEqualTo(new JobView.Progress("initializing", 0));
        assertThat(view.results()).isNull();
    }

    @Test
    void a_completed_job_whose_result_says_nothing_has_no_results() {
        assertThat(JobView.of(job(TaskState.COMPLETED, "", null)).results()).isNull();
        assertThat(JobView.of(job(TaskState.COMPLETED, "", "7")).results()).isNull();
        assertThat(JobView.of(job(TaskState.ARCHIVED, "", null)).error()).isEqualTo("failed");
    }

    @Test
    void a_task_of_another_dialect_is_no_job() {
        assertThat(StoredJob.of(SampleTask.in(TaskState.PENDING).task())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "7", "[]", "{\"event\":\"E\",\"url\":\"https://example.com\"}"})
    void what_was_not_asked_as_an_event_job_is_none_when_it_is_tried_again(String params) {
        Task task = SampleTask.in(TaskState.PENDING)
                .of(DocumentJob.TYPE, Origin.ADMIN, params)
                .task();
        assertThat(StoredJob.of(task)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Failure.Kind.class)
    void every_failure_has_the_dialects_body(Failure.Kind kind) {
        Object body = new EventJobErrors().body(new Failure(kind, "why"));
        assertThat(body).isEqualTo(new MirrorErrors().body(new Failure(kind, "why")));
        assertThat(JsonBody.write(body)).startsWith("{\"status\":\"error\",\"message\":\"why\",\"error_type\":\"");
    }

    @Test
    void the_readme_of_an_archive() {
        StoredJob done = job(TaskState.COMPLETED, "", RESULT);
        var file = new Artifact(
                SampleTask.ID, "Event Name/DE/Track Name/session.md", "", "text/markdown", 1, "", CREATED, "");
        JobArchive archive = JobArchive.of(
                "My Batch",
                CREATED,
                List.of(done, job(TaskState.ARCHIVED, "no\nsuch | page", null)),
                Map.of(SampleTask.ID, List.of(file)));
        assertThat(ArchiveReadme.of(archive)).isEqualTo("""
                        # My Batch

                        1 of 2 jobs completed.

                        ## Session \\*Name\\*

                        - Job: job-0199c8f0-0000-7000-8000-00000000002a
                        - Event: Event Name
                        - Track: Track Name
                        - Status: completed
                        - Source: <https://example.com/session>
                        - Languages: en to de
                        - Files:
                          - Event Name/DE/Track Name/session.md

                        ## Session \\*Name\\*

                        - Job: job-0199c8f0-0000-7000-8000-00000000002a
                        - Event: Event Name
                        - Track: Track Name
                        - Status: failed
                        - Error: no such \\| page
                        - Source: <https://example.com/session>
                        - Languages: en to de
                        - Files: none

                        """);
    }

    private static StoredJob job(TaskState state, String message, @Nullable String data) {
        TaskId id = SampleTask.ID;
        NewTask wanted = new JobRequest(ASKED).task(BATCH, "ann");
        return StoredJob.of(new Task(
                        id,
                        42,
                        wanted.origin(),
                        state,
                        wanted.queue(),
                        wanted.type(),
                        0,
                        false,
                        state == TaskState.COMPLETED ? 100 : 35,
                        wanted.description(),
                        wanted.link(),
                        new Task.Runs(1, 2, Duration.ofMinutes(10), false),
                        new Task.Times(CREATED, CREATED.plusSeconds(90), CREATED, CREATED, null),
                        new Task.Result(0, "", "", message, data)))
                .orElseThrow();
    }
}
