package io.taskhub.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.worker.registry.WorkerChoice.Need;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkerChoiceTest {
    private static final Need DEFAULT = new Need("", "default", List.of());

    private static RemoteWorker worker(
            String id, List<String> queues, List<String> labels, List<String> types, int max, int running) {
        return new RemoteWorker(id, "h", 1, queues, labels, types, max, running, null, true, 0);
    }

    private static RemoteWorker plain(String id, int running) {
        return worker(id, List.of(), List.of(), List.of(), 0, running);
    }

    private static String chosen(Need need, RemoteWorker... workers) {
        return WorkerChoice.choose(List.of(workers), need, Set.of())
                .map(RemoteWorker::id)
                .orElse("nobody");
    }

    @Test
    void the_one_with_the_fewest_running_tasks_and_then_the_smallest_id() {
        assertThat(chosen(DEFAULT, plain("a", 2), plain("c", 1), plain("b", 1))).isEqualTo("b");
    }

    @Test
    void one_that_lists_no_queues_serves_the_default_queue_only() {
        assertThat(chosen(new Need("", "gpu", List.of()), plain("a", 0))).isEqualTo("nobody");
        assertThat(chosen(
                        new Need("", "gpu", List.of()),
                        plain("a", 0),
                        worker("b", List.of("x", "gpu"), List.of(), List.of(), 0, 9)))
                .isEqualTo("b");
    }

    @Test
    void it_has_every_label_that_is_asked_for() {
        Need need = new Need("", "default", List.of("gpu", "eu"));
        assertThat(chosen(
                        need,
                        worker("a", List.of(), List.of("gpu"), List.of(), 0, 0),
                        worker("b", List.of(), List.of("eu", "gpu", "big"), List.of(), 0, 0)))
                .isEqualTo("b");
    }

    @Test
    void one_that_is_full_silent_or_has_refused_is_passed_over() {
        RemoteWorker full = worker("a", List.of(), List.of(), List.of(), 2, 2);
        RemoteWorker silent = new RemoteWorker("b", "h", 1, List.of(), List.of(), List.of(), 0, 0, null, false, 11_000);
        assertThat(chosen(DEFAULT, full, silent)).isEqualTo("nobody");
        assertThat(WorkerChoice.choose(List.of(plain("c", 0), plain("d", 5)), DEFAULT, Set.of("c")))
                .map(RemoteWorker::id)
                .hasValue("d");
        assertThat(WorkerChoice.someAreFull(List.of(full, silent), DEFAULT, Set.of()))
                .isTrue();
        assertThat(WorkerChoice.someAreFull(List.of(silent), DEFAULT, Set.of())).isFalse();
    }

    @Test
    void a_task_of_a_type_goes_to_one_that_brought_the_type() {
        Need need = new Need("train", "night", List.of());
        assertThat(chosen(
                        need,
                        plain("a", 0),
                        worker("b", List.of("day"), List.of(), List.of("train"), 0, 0),
                        worker("c", List.of(), List.of(), List.of("train"), 0, 3)))
                .isEqualTo("c");
    }
}
