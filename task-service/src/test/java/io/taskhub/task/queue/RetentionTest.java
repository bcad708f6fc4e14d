package io.taskhub.task.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.task.Given;
import io.taskhub.task.NewTask;
import io.taskhub.task.Submission;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.history.Sweeping;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetentionTest {
    @Inject
    Tasks tasks;

    @Inject
    EngineFixture engine;

    @Inject
    Sweeping sweeping;

    @Test
    void completed_tasks_stay_a_week_and_failed_ones_a_month_and_open_ones_for_ever() {
        NewTask task = Given.task().build();
        EngineFixture.Worker worker = engine.worker(task.queue());
        Submission.Accepted completed = engine.submit(task);
        worker.reports(EngineFixture.success(worker.claimsOne()));
        Submission.Accepted failed = engine.submit(task);
        worker.reports(EngineFixture.failure(worker.claimsOne(), "no"));
        Submission.Accepted open = engine.submit(task);

        engine.passes(Duration.ofDays(7).plusHours(1));
        sweeping.runOnce();
        assertThat(tasks.find(completed.id().toString())).isEmpty();
        assertThat(tasks.find(failed.id().toString())).isPresent();
        engine.passes(Duration.ofDays(24));
        sweeping.runOnce();
        assertThat(tasks.find(failed.id().toString())).isEmpty();
        assertThat(tasks.find(open.id().toString())).isPresent();
        assertThat(tasks.queueStats(task.queue()).getFirst().completed()).isZero();
        assertThat(tasks.engineStats().finished()).isPositive();
    }

    @Test
    void the_key_of_an_order_outlives_its_task_and_goes_after_thirty_days() {
        String key = UUID.randomUUID().toString();
        NewTask order = Given.task().orderedAs(key).build();
        EngineFixture.Worker worker = engine.worker(order.queue());
        Submission.Accepted first = engine.submit(order);
        worker.reports(EngineFixture.success(worker.claimsOne()));
        engine.passes(Duration.ofDays(8));
        sweeping.runOnce();
        assertThat(tasks.find(first.id().toString())).isEmpty();
        assertThat(tasks.submit(List.of(order))).containsExactly(new Submission.AlreadyExists(first.id()));
        engine.passes(Duration.ofDays(23));
        sweeping.runOnce();
        assertThat(engine.count("SELECT count(*) FROM unique_key WHERE key LIKE '%" + key + "'"))
                .isZero();
        assertThat(engine.submit(order).id()).isNotEqualTo(first.id());
    }
}
