package io.taskhub.dag.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.DagEvent;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskState;
import io.taskhub.dag.Dag;
import io.taskhub.dag.DagReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RunStateTest {
    private static final Dag CHAIN = DagReader.read(Map.of(
            "tasks",
            List.of(
                    Map.of("id", "a", "exec_command", "noop"),
                    Map.of("id", "b", "exec_command", "noop", "deps", List.of("a")))));

    private final RunState state = new RunState("run", CHAIN, List.of(), 0, false);

    private static TaskEvent.Subject subject(TaskId task, int seq, long at) {
        return new TaskEvent.Subject(task, 1, "a", "run", Origin.DAG, seq, at);
    }

    private TaskId begin() {
        Changes changes = state.begin(1_000);
        return changes.nodes().stream().map(NodeRow::task).findFirst().orElseThrow();
    }

    @Test
    void nothing_starts_before_what_it_waited_for_has_ended_whatever_the_clocks_say() {
        TaskId task = begin();
        var ended = new TaskEvent.Finished(subject(task, 1, 2_000), TaskState.COMPLETED, false, 1, 0, "", 100, 5);

        Changes changes = state.apply(List.of(ended), Map.of(), 1_990);

        assertThat(changes.nodes()).extracting(NodeRow::node).containsExactly(0, 1);
        assertThat(changes.nodes().get(1).startMs()).isEqualTo(2_000);
        assertThat(changes.events()).extracting(DagEvent::ts_ms).isSorted();
    }

    @Test
    void an_event_that_was_missed_is_seen_as_a_gap_and_one_told_twice_changes_nothing() {
        TaskId task = begin();
        var created = new TaskEvent.Created(subject(task, 1, 1_001), TaskState.PENDING, "default", "local", 1_001);
        var started = new TaskEvent.Started(subject(task, 2, 1_002), 1, 1, "worker");

        assertThat(state.gaps(List.of(started))).containsExactly(Map.entry(task, 0));
        assertThat(state.gaps(List.of(created, started))).isEmpty();
        assertThat(state.apply(List.of(created, started), Map.of(), 1_010).events())
                .extracting(DagEvent::event)
                .containsExactly("task_start", "attempt_start");
        assertThat(state.apply(List.of(created, started), Map.of(), 1_020).isEmpty())
                .isTrue();
    }
}
