package io.taskhub.dag.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagProgress;
import io.taskhub.dag.DagReader;
import io.taskhub.dag.RunStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunDriverTest {
    private final Turns turns = new Turns();

    /** Work is collected, and done when the test says so. Nothing here gets as far as the database or the engine. */
    private static final class Turns implements RunDriver.Surroundings {
        final List<Runnable> waiting = new ArrayList<>();

        @Override
        public RunStore store() {
            throw new AssertionError("nothing is to be written");
        }

        @Override
        public TaskService tasks() {
            throw new AssertionError("nothing is to be asked");
        }

        @Override
        @SuppressWarnings("NullAway") // its database is for comparing clocks
        public RunClock clock() {
            return new RunClock(null);
        }

        @Override
        public void execute(Runnable work) {
            waiting.add(work);
        }

        @Override
        public void executeLater(Runnable work, long afterMs) {
            waiting.add(work);
        }

        @Override
        public void committed(String run) {}

        @Override
        public void over(RunDriver driver) {}

        @Override
        public void lost(RunDriver driver, boolean takenOver) {
            throw new AssertionError("nothing is to fail");
        }
    }

    private static TaskEvent finished() {
        var subject = new TaskEvent.Subject(TaskId.next(), 1, "a", "run", Origin.DAG, 3, 1);
        return new TaskEvent.Finished(subject, TaskState.COMPLETED, false, 1, 0, "", 100, 1);
    }

    @Test
    void what_it_is_told_before_its_first_step_waits_for_that_step() {
        Dag dag = DagReader.read(Map.of("tasks", List.of(Map.of("id", "a", "exec_command", "noop"))));
        var ticket = new RunStore.Ticket("run", "manual", "ann", null, 1, 1);
        var driver = new RunDriver(ticket, new RunState("run", dag, List.of(), 0, false), false, turns);

        driver.said(finished());
        assertThat(turns.waiting).isEmpty();

        var standing = new Changes.Standing(0, new DagProgress.Tally(0, 0, 0), RunStatus.RUNNING, 0, "");
        driver.begun(new Changes(List.of(), List.of(), List.of(), standing));
        assertThat(turns.waiting).hasSize(1);
    }
}
