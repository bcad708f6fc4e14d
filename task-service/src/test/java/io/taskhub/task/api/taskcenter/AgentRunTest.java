package io.taskhub.task.api.taskcenter;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.Origin;
import io.taskhub.contracts.TaskEvent;
import io.taskhub.contracts.TaskState;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.SampleTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class AgentRunTest {
    private final List<TaskEvent> history = new ArrayList<>();

    @Test
    void what_was_said_is_sorted_by_its_time() {
        start();
        say(new AgentUpdate.Log("info", "second", "2025-03-10T08:52:01.000Z"));
        say(new AgentUpdate.Log("info", "first", "2025-03-10T08:52:00.000Z"));
        say(overlay("step-2", 2, "2025-03-10T08:52:04.000Z"));
        say(overlay("step-1", 1, "2025-03-10T08:52:03.000Z"));
        assertThat(run().logs()).extracting(AgentUpdate.Log::message).containsExactly("first", "second");
        assertThat(run().overlays()).extracting(AgentUpdate.Overlay::step).containsExactly("step-1", "step-2");
    }

    @Test
    void of_each_step_the_last_overlay_counts() {
        start();
        say(overlay("step-1", 1, "2025-03-10T08:52:03.000Z"));
        say(overlay("step-1", 2, "2025-03-10T08:52:04.000Z"));
        assertThat(run().lastOfEachStep()).extracting(AgentUpdate.Overlay::bbox).containsExactly(List.of(2, 2, 3, 3));
        assertThat(run().overlays()).hasSize(2);
    }

    @Test
    void another_first_step_begins_anew() {
        start();
        say(new AgentUpdate.Status(0, "2025-03-10T08:52:00.000Z"));
        say(new AgentUpdate.Log("info", "lost", "2025-03-10T08:52:01.000Z"));
        say(new AgentUpdate.Artifact("screenshot", "p", "image/png", 1, "2025-03-10T08:52:01.000Z"));
        say(new AgentUpdate.Failure("X", "m", null));
        history.add(new TaskEvent.Returned(subject(), "lost"));
        start();
        say(new AgentUpdate.Status(0, "2025-03-10T08:53:00.000Z"));
        say(new AgentUpdate.Log("info", "kept", "2025-03-10T08:53:01.000Z"));
        assertThat(run().logs()).extracting(AgentUpdate.Log::message).containsExactly("kept");
        assertThat(run().artifacts()).isEmpty();
        assertThat(run().failure()).isNull();
    }

    @Test
    void a_run_that_went_on_while_its_lease_was_thought_lost_keeps_what_it_said() {
        start();
        say(new AgentUpdate.Status(0, "2025-03-10T08:52:00.000Z"));
        say(new AgentUpdate.Log("info", "before", "2025-03-10T08:52:01.000Z"));
        history.add(new TaskEvent.Returned(subject(), "lost"));
        start();
        say(new AgentUpdate.Status(1, "2025-03-10T08:53:00.000Z"));
        say(new AgentUpdate.Log("info", "after", "2025-03-10T08:53:01.000Z"));
        assertThat(run().logs()).extracting(AgentUpdate.Log::message).containsExactly("before", "after");
    }

    @Test
    void a_restarted_task_shows_nothing_of_before() {
        start();
        say(new AgentUpdate.Failure("X", "m", null));
        history.add(new TaskEvent.Restarted(subject(), TaskState.PENDING));
        assertThat(run().failure()).isNull();
    }

    @Test
    void a_file_that_was_written_again_counts_once() {
        start();
        say(new AgentUpdate.Artifact("screenshot", "p", "image/png", 1, "2025-03-10T08:52:01.000Z"));
        say(new AgentUpdate.Artifact("screenshot", "p", "image/png", 2, "2025-03-10T08:52:02.000Z"));
        assertThat(run().artifacts()).extracting(AgentUpdate.Artifact::size).containsExactly(2L);
    }

    @Test
    void what_cannot_be_read_is_passed_over() {
        start();
        progress(null);
        progress("{\"event\":\"dance\"}");
        progress("no json");
        assertThat(run().logs()).isEmpty();
    }

    @Test
    void the_newest_thousand_are_kept() {
        start();
        for (int i = 0; i < 1_200; i++) {
            say(new AgentUpdate.Log("info", "m" + i, "2025-03-10T08:52:01.000Z"));
        }
        assertThat(run().logs()).hasSize(1_000);
        assertThat(run().logs().getLast().message()).isEqualTo("m1199");
    }

    private AgentRun run() {
        return AgentRun.of(history);
    }

    private void start() {
        history.add(new TaskEvent.Started(subject(), 1, 1, "w"));
    }

    private void say(AgentUpdate update) {
        progress(JsonBody.write(update));
    }

    private void progress(@Nullable String data) {
        history.add(new TaskEvent.Progressed(subject(), 1, 0, "log", "", data));
    }

    private static AgentUpdate overlay(String step, int left, String time) {
        return new AgentUpdate.Overlay(
                "highlight", List.of(left, left, left + 1, left + 1), "dom", time, step, Map.of("action", "click"));
    }

    private TaskEvent.Subject subject() {
        return new TaskEvent.Subject(SampleTask.ID, 42, "42", null, Origin.TASKCENTER, history.size() + 1, 0);
    }
}
