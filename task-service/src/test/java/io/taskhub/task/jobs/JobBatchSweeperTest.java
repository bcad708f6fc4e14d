package io.taskhub.task.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.task.Given;
import io.taskhub.task.Submission;
import io.taskhub.task.Task;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.Tasks;
import io.taskhub.task.sql.Binder;
import io.taskhub.task.sql.Database;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class JobBatchSweeperTest {
    @Inject
    JobBatches batches;

    @Inject
    JobBatchSweeper sweeper;

    @Inject
    Tasks tasks;

    @Inject
    Database database;

    @Test
    void a_batch_goes_when_none_of_its_tasks_is_left_but_not_while_it_may_still_get_them() {
        JobBatch empty = batches.create("left by a crash", 2, "ann");
        JobBatch alive = batches.create("alive", 1, "ann");
        String task = submit(alive);
        sweeper.runOnce();
        assertThat(batches.find(empty.id())).as("young").isPresent();

        makeOld(empty, alive);
        sweeper.runOnce();
        assertThat(batches.find(empty.id())).isEmpty();
        assertThat(batches.find(alive.id())).isPresent();

        tasks.delete(task);
        sweeper.runOnce();
        assertThat(batches.find(alive.id())).as("past retention").isEmpty();
    }

    private String submit(JobBatch batch) {
        var made = tasks.submit(
                List.of(Given.task().withLink(Task.Link.toBatch(batch.id())).build()));
        return ((Submission.Accepted) made.getFirst()).id().toString();
    }

    private void makeOld(JobBatch... all) {
        database.read(connection -> {
            try (Binder update = Binder.prepare(
                    connection, "UPDATE job_batch SET created_at = created_at - 7200000 WHERE id = ANY (?)")) {
                return update.ids(List.of(all), JobBatch::id).statement().executeUpdate();
            }
        });
    }
}
