package io.taskhub.task.queue;

import static io.taskhub.task.queue.EngineFixture.claim;
import static io.taskhub.task.queue.EngineFixture.failure;
import static io.taskhub.task.queue.EngineFixture.progress;
import static io.taskhub.task.queue.EngineFixture.result;
import static io.taskhub.task.queue.EngineFixture.success;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskException;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LeasesTest {
    private static final Duration OVER_A_LEASE = Duration.ofSeconds(16);

    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Inject
    LeaseReaper reaper;

    @Inject
    ClaimDesk desk;

    private final NewTask task = Given.task()
            .withAttempts(3, RetryPolicy.Exponential.DOUBLING_SECONDS)
            .build();

    @Test
    void a_worker_that_lost_its_lease_cannot_complete_the_task() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker first = engine.worker(task.queue());
        Lease lost = first.claimsOne();
        engine.passes(OVER_A_LEASE);
        reap();
        EngineFixture.Worker second = engine.worker(task.queue());
        Lease lease = second.claimsOne();

        assertThat(lease.claim()).isEqualTo(2);
        assertThat(lease.attempt()).isEqualTo(1);
        assertThat(first.reports(success(lost)).refused())
                .containsExactly(new Lease.Refusal(id.id(), 1, "stale_claim"));
        assertThat(first.beats(claim(lost)).lost()).containsExactly(claim(lost));
        assertThat(read(id).state()).isEqualTo(TaskState.ACTIVE);
        assertThat(second.reports(success(lease)).refused()).isEmpty();
    }

    @Test
    void the_same_report_again_is_answered_as_applied_and_changes_nothing() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        Report[] reports = {progress(lease, 1, 30), success(lease)};
        worker.reports(reports);
        int seq = tasks.history(id.id().toString(), 0, 100).orElseThrow().last_seq();

        assertThat(worker.reports(reports).refused()).isEmpty();
        assertThat(tasks.history(id.id().toString(), 0, 100).orElseThrow().last_seq())
                .isEqualTo(seq);
        assertThat(tasks.queueStats(task.queue()).getFirst().completed()).isEqualTo(1);
    }

    @Test
    void the_same_claim_request_again_brings_the_same_batch() {
        engine.submit(task);
        engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease.ClaimRequest request = worker.request(10, 0);
        List<Lease> first = desk.claim(request, gone -> {}).leases();
        Lease.ClaimRequest again = new Lease.ClaimRequest(
                request.session(),
                "worker",
                request.request(),
                true,
                10,
                request.queues(),
                request.types(),
                List.of(),
                0);

        assertThat(first).hasSize(2);
        assertThat(desk.claim(again, gone -> {}).leases()).containsExactlyElementsOf(first);
    }

    @Test
    void a_heartbeat_takes_up_an_expired_claim_that_nobody_took() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        engine.passes(OVER_A_LEASE);
        reap();
        assertThat(read(id).state()).isEqualTo(TaskState.PENDING);

        assertThat(worker.beats(claim(lease)).lost()).isEmpty();
        assertThat(read(id).state()).isEqualTo(TaskState.ACTIVE);
        assertThat(worker.reports(success(lease)).refused()).isEmpty();
        assertThat(read(id).runs().attempt()).isEqualTo(1);
    }

    @Test
    void a_claim_that_is_not_listed_goes_back_after_five_seconds() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.claimsOne();
        worker.beats();
        assertThat(read(id).state()).isEqualTo(TaskState.ACTIVE);
        engine.passes(Duration.ofSeconds(6));
        worker.beats();
        assertThat(read(id).state()).isEqualTo(TaskState.PENDING);
        assertThat(read(id).runs().attempt()).isZero();
    }

    @Test
    void the_fourth_lost_lease_archives() {
        Submission.Accepted id = engine.submit(task);
        for (int i = 0; i < 4; i++) {
            engine.worker(task.queue()).claimsOne();
            engine.passes(OVER_A_LEASE);
            reap();
        }
        Task ended = read(id);
        assertThat(ended.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(ended.result().message()).isEqualTo("worker lost");
    }

    @Test
    void what_is_handed_back_or_left_behind_runs_again_without_counting() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.reports(result(worker.claimsOne(), Report.Outcome.HANDED_BACK, 0, ""));
        assertThat(read(id).state()).isEqualTo(TaskState.PENDING);
        worker.claimsOne();
        worker.leaves();
        Lease third = engine.worker(task.queue()).claimsOne();
        assertThat(third.claim()).isEqualTo(3);
        assertThat(third.attempt()).isEqualTo(1);
    }

    @Test
    void a_timeout_is_enforced_although_the_worker_lives() {
        NewTask limited = Given.task().withTimeout(Duration.ofSeconds(3), true).build();
        Submission.Accepted id = engine.submit(limited);
        EngineFixture.Worker worker = engine.worker(limited.queue());
        Lease lease = worker.claimsOne();
        engine.passes(Duration.ofSeconds(4));
        reaper.runOnce();
        assertThat(read(id).state()).isEqualTo(TaskState.ACTIVE);
        engine.passes(Duration.ofSeconds(2));
        reaper.runOnce();

        Task ended = read(id);
        assertThat(ended.state()).isEqualTo(TaskState.ARCHIVED);
        assertThat(ended.runs().timedOut()).isTrue();
        assertThat(ended.result().message()).isEqualTo("Task timeout after 3 seconds");
        assertThat(worker.beats(claim(lease)).lost()).containsExactly(claim(lease));
    }

    @Test
    void a_failed_attempt_waits_for_its_time_and_runs_again() {
        Submission.Accepted id = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.reports(failure(worker.claimsOne(), "no luck"));
        assertThat(read(id).state()).isEqualTo(TaskState.RETRY);
        assertThat(read(id).result().message()).isEqualTo("no luck");
        engine.passes(Duration.ofSeconds(2));
        engine.submit(Given.task().inQueue(task.queue()).build());
        Lease second = worker.claims(10).getFirst();
        assertThat(second.attempt()).isEqualTo(2);
        worker.reports(success(second));
        assertThat(read(id).result().message()).isEmpty();
    }

    @Test
    void cancel_ends_what_waits_and_asks_what_runs() throws Exception {
        Submission.Accepted waiting = engine.submit(task);
        assertThat(tasks.cancel(waiting.id().toString(), "by test").state()).isEqualTo(TaskState.CANCELLED);
        assertThatThrownBy(() -> tasks.cancel(waiting.id().toString(), "again"))
                .isInstanceOf(TaskException.Finished.class);

        Submission.Accepted running = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        CompletableFuture<Lease.Batch> poll =
                CompletableFuture.supplyAsync(() -> desk.claim(worker.request(0, 10_000), gone -> {}));
        tasks.cancel(running.id().toString(), "by test");
        assertThat(poll.get(5, TimeUnit.SECONDS).cancels()).containsExactly(claim(lease));
        assertThat(worker.beats(claim(lease)).cancels()).containsExactly(claim(lease));
        worker.reports(success(lease));
        assertThat(read(running).state()).isEqualTo(TaskState.CANCELLED);
        assertThat(tasks.history(running.id().toString(), 0, 100).orElseThrow().events())
                .hasAtLeastOneElementOfType(TaskEvent.CancelRequested.class);
    }

    @Test
    void a_retry_and_a_scheduled_task_are_cancelled_at_once() {
        Submission.Accepted retrying = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.reports(failure(worker.claimsOne(), "no"));
        assertThat(tasks.cancel(retrying.id().toString(), "").state()).isEqualTo(TaskState.CANCELLED);
        Submission.Accepted later = engine.submit(Given.task()
                .at(java.time.Instant.now().plus(Duration.ofDays(900)))
                .build());
        assertThat(tasks.cancel(later.id().toString(), "").state()).isEqualTo(TaskState.CANCELLED);
    }

    @Test
    void a_cancelled_task_restarts_under_its_id_and_a_running_one_cannot_be_deleted() {
        Submission.Accepted id = engine.submit(task);
        tasks.cancel(id.id().toString(), "");
        assertThat(tasks.restart(id.id().toString()).state()).isEqualTo(TaskState.PENDING);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        assertThatThrownBy(() -> tasks.delete(id.id().toString())).isInstanceOf(TaskException.Running.class);
        worker.reports(success(lease));
        tasks.delete(id.id().toString());
        assertThat(tasks.find(id.id().toString())).isEmpty();
        assertThat(tasks.queueStats(task.queue()).getFirst().completed()).isZero();
        assertThatThrownBy(() -> tasks.delete(id.id().toString())).isInstanceOf(TaskException.NotFound.class);
    }

    @Test
    void a_paused_queue_starts_nothing_and_labels_and_types_choose_the_worker() {
        engine.submit(Given.task().inQueue(task.queue()).withLabels("gpu").build());
        tasks.pauseQueue(task.queue(), true);
        EngineFixture.Worker worker = engine.worker(task.queue());
        assertThat(desk.claim(worker.request(5, 0, "gpu", "big"), gone -> {}).leases())
                .isEmpty();
        tasks.pauseQueue(task.queue(), false);
        assertThat(worker.claims(5)).isEmpty();
        assertThat(desk.claim(worker.request(5, 3000, "gpu", "big"), gone -> {}).leases())
                .hasSize(1);
    }

    @Test
    void a_waiting_worker_is_woken_by_a_create_and_a_vanished_one_takes_nothing() throws Exception {
        engine.submit(Given.task().inQueue(task.queue()).ofType("demo").build());
        EngineFixture.Worker worker = engine.worker(task.queue());
        worker.claims(5);
        CompletableFuture<Lease.Batch> poll =
                CompletableFuture.supplyAsync(() -> desk.claim(worker.request(5, 20_000), gone -> {}));
        engine.submit(task);
        assertThat(poll.get(5, TimeUnit.SECONDS).leases()).hasSize(1);

        CompletableFuture<Runnable> hangup = new CompletableFuture<>();
        CompletableFuture<Lease.Batch> vanished =
                CompletableFuture.supplyAsync(() -> desk.claim(worker.request(5, 20_000), hangup::complete));
        hangup.get(5, TimeUnit.SECONDS).run();
        assertThat(vanished.get(5, TimeUnit.SECONDS).leases()).isEmpty();
    }

    @Test
    void a_report_for_nothing_is_not_found() {
        EngineFixture.Worker worker = engine.worker(task.queue());
        var unknown = new io.taskhub.contracts.TaskId(UUID.randomUUID());
        assertThat(worker.reports(new Report.Progress(unknown, 1, 1, 1, "", "", null))
                        .refused())
                .containsExactly(new Lease.Refusal(unknown, 1, "not_found"));
    }

    private Task read(Submission.Accepted id) {
        return tasks.find(id.id().toString()).orElseThrow();
    }

    /** Whatever the scheduled rounds did meanwhile, after this one the silent are reaped. */
    private void reap() {
        reaper.runOnce();
        reaper.runOnce();
    }
}
