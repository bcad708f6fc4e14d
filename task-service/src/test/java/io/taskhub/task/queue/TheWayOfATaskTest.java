package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Lease;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TheWayOfATaskTest {
    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Test
    void created_claimed_completed_read() {
        NewTask task = Given.task().withPayload("{\"a\":1}").build();
        Submission.Accepted accepted = engine.submit(task);
        EngineFixture.Worker worker = engine.worker(task.queue());

        Lease lease = worker.claimsOne();
        assertThat(lease.payload()).isEqualTo("{\"a\":1}");
        assertThat(lease.claim()).isEqualTo(1);
        assertThat(worker.reports(EngineFixture.progress(lease, 1, 50), EngineFixture.success(lease))
                        .refused())
                .isEmpty();

        Task done = tasks.find(Long.toString(accepted.number())).orElseThrow();
        assertThat(done.id()).isEqualTo(accepted.id());
        assertThat(done.state()).isEqualTo(TaskState.COMPLETED);
        assertThat(done.percent()).isEqualTo(100);
        assertThat(tasks.history(accepted.id().tsk(), 0, 100).orElseThrow().events())
                .extracting(TaskEvent::getClass, e -> e.subject().seq())
                .map(Object::toString)
                .hasSize(4);
        assertThat(tasks.progress(accepted.id().job())).hasSize(2);
        assertThat(tasks.queueStats(task.queue()).getFirst().completed()).isEqualTo(1);
    }

    @Test
    void higher_priority_runs_first_and_a_scheduled_task_waits_for_its_time() {
        String queue = Given.task().build().queue();
        Submission.Accepted low =
                engine.submit(Given.task().inQueue(queue).withPriority(-1).build());
        Submission.Accepted high =
                engine.submit(Given.task().inQueue(queue).withPriority(2).build());
        Instant later = Instant.now().plus(Duration.ofDays(300));
        Submission.Accepted scheduled =
                engine.submit(Given.task().inQueue(queue).at(later).build());

        assertThat(scheduled.state()).isEqualTo(TaskState.SCHEDULED);
        List<Lease> leases = engine.worker(queue).claims(10);
        assertThat(leases).extracting(Lease::task).containsExactly(high.id(), low.id());
    }
}
