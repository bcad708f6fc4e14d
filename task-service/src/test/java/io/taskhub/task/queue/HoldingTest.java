package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.RetryPolicy;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HoldingTest {
    private final UUID batch = UUID.randomUUID();
    private final NewTask task = Given.task()
            .withAttempts(2, RetryPolicy.Exponential.DOUBLING_SECONDS)
            .withLink(Task.Link.toBatch(batch))
            .build();

    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Inject
    Holding holding;

    @Inject
    Database database;

    @Inject
    ClaimDesk desk;

    @Inject
    Waiters waiters;

    @Test
    void what_is_held_is_not_claimed_and_still_counts_as_waiting() {
        engine.submit(task);
        engine.submit(task);
        hold(true);
        assertThat(engine.worker(task.queue()).claims(10)).isEmpty();
        assertThat(tasks.queueStats(task.queue()).getFirst().pending()).isEqualTo(2);

        assertThat(hold(false)).isEqualTo(Map.of(task.queue(), 2));
        assertThat(hold(false)).as("free already").isEmpty();
        assertThat(engine.worker(task.queue()).claims(10)).hasSize(2);
    }

    @Test
    void what_ran_when_it_was_held_ends_and_its_next_attempt_waits() {
        Submission.Accepted made = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease lease = worker.claimsOne();
        assertThat(hold(true)).isEmpty();
        assertThat(worker.reports(EngineFixture.failure(lease, "once")).refused())
                .isEmpty();
        engine.passes(Duration.ofSeconds(5));
        assertThat(worker.claims(10)).isEmpty();

        hold(false);
        assertThat(worker.claimsOne().task()).isEqualTo(made.id());
    }

    @Test
    void a_restarted_task_stays_held() {
        Submission.Accepted made = engine.submit(task);
        hold(true);
        tasks.failAll(List.of(made.id()), "no");
        assertThat(tasks.restart(made.id().toString()).state()).isEqualTo(TaskState.PENDING);
        assertThat(engine.worker(task.queue()).claims(10)).isEmpty();
    }

    @Test
    void who_waits_for_work_hears_of_what_is_free_again() {
        engine.submit(task);
        hold(true);
        EngineFixture.Worker worker = engine.worker(task.queue());
        Lease.ClaimRequest request = worker.request(1, 20_000);
        var waiting = CompletableFuture.supplyAsync(() -> desk.claim(request, gone -> {}));
        Awaitility.await().until(() -> !waiters.isEmpty());
        hold(false);
        assertThat(waiting.orTimeout(10, TimeUnit.SECONDS).join().leases()).hasSize(1);
    }

    private Map<String, Integer> hold(boolean held) {
        Map<String, Integer> free = database.write(connection -> holding.holdInTransaction(connection, batch, held));
        holding.released(free);
        return free;
    }
}
