package io.taskhub.task.queue;

import static io.taskhub.task.queue.EngineFixture.claim;
import static io.taskhub.task.queue.EngineFixture.failure;
import static io.taskhub.task.queue.EngineFixture.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What ends tasks, or keeps them from beginning, without a worker's doing. */
@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FromOutsideTest {
    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Test
    void what_waits_is_failed_with_the_reason() {
        TaskId pending = engine.submit(Given.task().build()).id();
        TaskId scheduled = engine.submit(Given.task()
                        .at(Instant.now().plus(Duration.ofDays(300)))
                        .build())
                .id();
        assertThat(tasks.failAll(List.of(pending, scheduled), "no more")).isEqualTo(2);
        assertThat(List.of(pending, scheduled)).allSatisfy(id -> {
            Task task = read(id);
            assertThat(task.state()).isEqualTo(TaskState.ARCHIVED);
            assertThat(task.result().message()).isEqualTo("no more");
            assertThat(last(id)).isInstanceOfSatisfying(TaskEvent.Finished.class, end -> {
                assertThat(end.state()).isEqualTo(TaskState.ARCHIVED);
                assertThat(end.error()).isEqualTo("no more");
            });
        });
    }

    @Test
    void who_cancels_a_parent_that_nobody_runs_cancels_its_children() {
        TaskId parent = engine.submit(Given.task().build()).id();
        TaskId child = engine.submit(
                        Given.task().withLink(Task.Link.toParent(parent)).build())
                .id();
        TaskId grandchild = engine.submit(
                        Given.task().withLink(Task.Link.toParent(child)).build())
                .id();
        tasks.cancel(parent.toString(), "not wanted");
        assertThat(List.of(child, grandchild))
                .allSatisfy(id -> assertThat(read(id).state()).isEqualTo(TaskState.CANCELLED));
    }

    @Test
    void what_runs_is_failed_at_once_its_worker_is_told_and_its_late_report_changes_nothing() {
        NewTask task = Given.task().build();
        TaskId id = engine.submit(task).id();
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();

        assertThat(tasks.failAll(List.of(id), "no more")).isEqualTo(1);
        assertThat(read(id).state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(worker.beats(claim(lease)).lost()).containsExactly(claim(lease));

        int seq = tasks.history(id.toString(), 0, 100).orElseThrow().last_seq();
        assertThat(worker.reports(success(lease)).refused()).isEmpty();
        assertThat(read(id).state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(tasks.history(id.toString(), 0, 100).orElseThrow().last_seq())
                .isEqualTo(seq);
    }

    @Test
    void a_waiting_poll_of_the_worker_returns_with_the_stop() {
        NewTask task = Given.task().build();
        TaskId id = engine.submit(task).id();
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        tasks.failAll(List.of(id), "no more");
        assertThat(worker.cancels()).containsExactly(claim(lease));
    }

    @Test
    void what_waits_for_another_attempt_is_failed_too_and_what_has_ended_is_left_alone() {
        NewTask task = Given.task()
                .withAttempts(2, RetryPolicy.Exponential.DOUBLING_SECONDS)
                .build();
        TaskId retry = engine.submit(task).id();
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.reports(failure(worker.claimsOne(), "once"));
        assertThat(read(retry).state()).isEqualTo(TaskState.RETRY);
        TaskId done = engine.submit(Given.task().inQueue(task.queue()).build()).id();
        worker.reports(success(worker.claimsOne()));

        assertThat(tasks.failAll(List.of(retry, done, TaskId.next()), "no more"))
                .isEqualTo(1);
        assertThat(read(retry).state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(read(retry).result().message()).isEqualTo("no more");
        assertThat(read(done).state()).isEqualTo(TaskState.COMPLETED);
        assertThat(tasks.failAll(List.of(retry, done), "again")).isZero();
    }

    @Test
    void after_an_accepted_cancel_the_end_is_cancelled_even_then() {
        NewTask task = Given.task().build();
        TaskId id = engine.submit(task).id();
        engine.worker(task.queue()).claimsOne();
        tasks.cancel(id.toString(), "stop");
        assertThat(tasks.failAll(List.of(id), "no more")).isEqualTo(1);
        assertThat(read(id).state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_task_that_is_born_completed_has_begun_and_ended_and_is_never_claimed() {
        NewTask task = Given.task().born(new NewTask.Born.Completed()).build();
        Submission.Accepted made = engine.submit(task);
        assertThat(made.state()).isEqualTo(TaskState.COMPLETED);

        Task done = read(made.id());
        assertThat(done.percent()).isEqualTo(100);
        assertThat(done.result().exitCode()).isZero();
        assertThat(done.result().message()).isEmpty();
        assertThat(done.times().finished()).isEqualTo(done.times().created());
        assertThat(last(made.id())).isInstanceOfSatisfying(TaskEvent.Finished.class, end -> {
            assertThat(end.subject().seq()).isEqualTo(2);
            assertThat(end.state()).isEqualTo(TaskState.COMPLETED);
            assertThat(end.percentage()).isEqualTo(100);
        });
        assertThat(engine.worker(task.queue()).claims(10)).isEmpty();
        assertThat(tasks.queueStats(task.queue()).getFirst().completed()).isEqualTo(1);
    }

    @Test
    void the_tasks_of_a_batch_are_found_in_their_order() {
        UUID batch = UUID.randomUUID();
        NewTask task = Given.task().withLink(Task.Link.toBatch(batch)).build();
        List<TaskId> ids = tasks.submit(List.of(task, task, task)).stream()
                .map(outcome -> ((Submission.Accepted) outcome).id())
                .toList();
        assertThat(tasks.ofBatch(batch)).extracting(Task::id).containsExactlyElementsOf(ids);
        assertThat(tasks.ofBatch(UUID.randomUUID())).isEmpty();
    }

    private TaskEvent last(TaskId id) {
        return tasks.history(id.toString(), 0, 100).orElseThrow().events().getLast();
    }

    private Task read(TaskId id) {
        return tasks.find(id.toString()).orElseThrow();
    }
}
