package io.taskhub.worker.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.Report.Outcome;
import io.taskhub.contracts.TaskId;
import io.taskhub.contracts.TaskOrder;
import io.taskhub.worker.executor.Ended;
import io.taskhub.worker.executor.Execution.Stop;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TranslateReleaseBatchTest {

    private static String counts(int total, int ready, int missing, int disabled, int error) {
        return "{\"total\":%d,\"ready\":%d,\"missing\":%d,\"disabled\":%d,\"error\":%d}"
                .formatted(total, ready, missing, disabled, error);
    }

    @Test
    void every_release_becomes_a_child_and_every_item_is_told_when_it_ends() {
        try (World world = new World()) {
            TaskId task = TaskId.next();
            TextRun run = TextRun.start(
                    world.batch,
                    "{\"user_id\":1,\"release_ids\":[1,\"2\",404,500,1,\"refuse me\"],\"target_language\":\"de\"}",
                    task);
            assertThat(run.result()).isEqualTo(TextRun.json(counts(5, 2, 1, 0, 2)));
            assertThat(run.told("release", "release_id", "item_status", "item_error"))
                    .containsExactlyInAnyOrder(
                            "1 ready null",
                            "2 ready null",
                            "404 missing null",
                            "500 error translation failed",
                            "refuse me error translation failed");
            JsonNode ready = run.steps.stream()
                    .filter(step -> step.path("release_id").asText().equals("1"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ready.path("task_id").asText()).isEqualTo(task.toString());
            assertThat(ready.path("item_error").isNull()).isTrue();
            TaskOrder order = Objects.requireNonNull(world.tasks.orders.get("batch:" + task + ":1:1"));
            assertThat(order.task().uuid().version()).isEqualTo(7);
            assertThat(order.parent()).isEqualTo(task);
            assertThat(order.type()).isEqualTo("translate.release");
            assertThat(TextRun.json(order.payload()))
                    .isEqualTo(TextRun.json("{\"user_id\":1,\"target_language\":\"de\",\"release_id\":\"1\"}"));
            assertThat(world.tasks.cancelled).isEmpty();
        }
    }

    @Test
    void without_a_model_every_item_is_disabled_and_nothing_is_ordered() {
        try (World world = new World(false, false)) {
            TextRun run = TextRun.start(world.batch, "{\"user_id\":1,\"release_ids\":[1,2]}");
            assertThat(run.result()).isEqualTo(TextRun.json(counts(2, 0, 0, 2, 0)));
            assertThat(run.told("release", "release_id", "item_status")).containsExactly("1 disabled", "2 disabled");
            assertThat(world.tasks.orders).isEmpty();
        }
    }

    @Test
    void no_releases_are_no_work() {
        try (World world = new World()) {
            assertThat(TextRun.start(world.batch, "{\"user_id\":1,\"release_ids\":[]}")
                            .result())
                    .isEqualTo(TextRun.json(counts(0, 0, 0, 0, 0)));
        }
    }

    @Test
    void without_a_source_or_with_a_payload_that_is_none_it_is_hopeless() {
        try (World world = new World(true, false)) {
            assertThat(TextRun.start(world.batch, "{\"release_ids\":[1]}").ended())
                    .isEqualTo(Ended.hopeless("taskhub.releases.url is not configured"));
            assertThat(TextRun.start(world.batch, "{}").ended()).isEqualTo(Ended.hopeless("missing release_ids"));
            assertThat(TextRun.start(world.batch, "{\"release_ids\":7}").ended())
                    .isEqualTo(Ended.hopeless("release_ids must be an array"));
            String many = IntStream.range(0, 1_001).boxed().toList().toString();
            assertThat(TextRun.start(world.batch, "{\"release_ids\":" + many + "}")
                            .ended())
                    .isEqualTo(Ended.hopeless("release_ids must be at most 1000"));
        }
    }

    @Test
    void a_cancel_and_a_timeout_take_the_children_along() {
        for (Stop stop : List.of(Stop.CANCELLED, Stop.TIMED_OUT)) {
            try (World world = new World()) {
                TextRun run = TextRun.start(world.batch, "{\"release_ids\":[\"wait\"]}");
                await().until(() -> !world.source.asked.isEmpty());
                run.stop(stop);
                assertThat(run.ended().outcome().name()).isEqualTo(stop.name());
                assertThat(world.tasks.cancelled)
                        .containsExactly(
                                world.tasks.orders.values().iterator().next().task());
            }
        }
    }

    @Test
    void whoever_runs_it_after_a_drain_goes_on_with_the_same_children() {
        try (World world = new World()) {
            TaskId task = TaskId.next();
            String payload = "{\"release_ids\":[1,2,\"wait\"]}";
            TextRun first = TextRun.start(world.batch, payload, task);
            await().until(() -> first.steps.size() == 2);
            first.stop(Stop.HANDED_BACK);
            assertThat(first.ended().outcome()).isEqualTo(Outcome.HANDED_BACK);
            assertThat(world.tasks.cancelled).isEmpty();

            TextRun second = TextRun.start(world.batch, payload, task);
            await().until(() -> second.steps.size() == 2);
            world.go.countDown();
            assertThat(second.result()).isEqualTo(TextRun.json(counts(3, 3, 0, 0, 0)));
            assertThat(world.tasks.orders).hasSize(3);
            assertThat(world.model.asked).hasSize(4);
        }
    }

    @Test
    void it_waits_while_task_service_is_away_and_a_child_that_vanished_is_an_error() {
        try (World world = new World()) {
            world.tasks.answersToLose.set(3);
            TextRun run = TextRun.start(world.batch, "{\"release_ids\":[1,\"wait\"]}");
            await().until(() -> run.steps.size() == 1);
            world.tasks.orders.values().forEach(order -> world.tasks.gone.add(order.task()));
            assertThat(run.result()).isEqualTo(TextRun.json(counts(2, 1, 0, 0, 1)));
        }
    }

    @Test
    void three_hundred_batches_at_once_share_four_places_and_few_questions() {
        try (World world = new World()) {
            List<TextRun> runs = IntStream.range(0, 300)
                    .mapToObj(i -> TextRun.start(world.batch, "{\"release_ids\":[404,\"404\"]}"))
                    .toList();
            for (TextRun run : runs) {
                assertThat(run.result()).isEqualTo(TextRun.json(counts(1, 0, 1, 0, 0)));
            }
            assertThat(world.tasks.orders).hasSize(300);
            assertThat(world.tasks.questions.get()).isLessThan(200);
        }
    }
}
