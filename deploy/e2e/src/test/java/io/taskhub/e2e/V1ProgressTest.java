package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Progress as values: latest, history, info. */
@EndToEnd
class V1ProgressTest {
    private static final String STREAM_ID = "\\d{13}-\\d+";
    private static final String FAR = "2099-01-01T00:00:00Z";
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("progress");

    V1ProgressTest(Hub hub) {
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void a_demo_task_tells_each_step_and_its_end() {
        String id = v1.create(NewTask.demo(3).queue(queue));
        v1.awaitState(id, "completed");

        JsonNode history = v1.history(id);

        assertThat(history.path("task_id").asText()).isEqualTo(id);
        List<JsonNode> entries = StreamSupport.stream(history.path("history").spliterator(), false)
                .toList();
        assertThat(history.path("count").asInt()).isEqualTo(entries.size());
        assertThat(entries.stream().map(e -> e.at("/progress/message").asText()))
                .containsExactly("Step 1/3: hello", "Step 2/3: hello", "Step 3/3: hello", "Done");
        assertThat(entries.stream().map(e -> e.at("/progress/stage").asText()))
                .containsExactly("processing", "processing", "processing", "completed");
        assertThat(entries.stream().map(e -> e.path("is_final").asBoolean()))
                .containsExactly(false, false, false, true);
        assertThat(entries.stream().map(e -> e.at("/progress/percentage").asInt()))
                .isSorted();
        assertThat(entries.getLast().at("/progress/percentage").asInt()).isEqualTo(100);
        assertThat(entries.getLast().path("status").asText()).isEqualTo("completed");
        List<String> ids =
                entries.stream().map(e -> e.path("stream_id").asText()).toList();
        assertThat(ids)
                .allMatch(s -> s.matches(STREAM_ID))
                .isSortedAccordingTo(StreamIds.ORDER)
                .doesNotHaveDuplicates();

        Reply latest = v1.progress(id);
        assertThatReply(latest)
                .hasStatus(200)
                .has("/progress/task_id", id)
                .has("/progress/percentage", 100)
                .has("/progress/stage", "completed")
                .has("/progress/message", "Done")
                .hasInteger("/progress/timestamp_ms")
                .has("/is_final", true)
                .has("/stream_id", ids.getLast());
        assertThatReply(info(id))
                .hasStatus(200)
                .has("/task_id", id)
                .has("/has_progress", true)
                .has("/length", 4)
                .has("/first_entry", ids.getFirst())
                .has("/last_entry", ids.getLast());
    }

    @Test
    void history_starts_where_it_is_asked_to() {
        String id = v1.create(NewTask.demo(2).queue(queue));
        v1.awaitState(id, "completed");
        List<String> all = streamIds(id, "");

        assertThat(streamIds(id, "?start_id=-")).isEqualTo(all);
        assertThat(streamIds(id, "?start_id=0")).isEqualTo(all);
        for (int k = 0; k < all.size(); k++) {
            assertThat(streamIds(id, "?start_id=" + all.get(k)))
                    .as("from entry " + k)
                    .isEqualTo(all.subList(k, all.size()));
        }
    }

    @Test
    void while_it_runs_the_latest_is_not_final() {
        String id = v1.create(NewTask.demo(4).queue(queue));

        Waiting.await().until(() -> v1.progress(id).status() == 200);

        assertThatReply(v1.progress(id))
                .has("/is_final", false)
                .has("/progress/stage", "processing")
                .hasTextMatching("/stream_id", STREAM_ID);
        v1.cancel(id).expect(200);
    }

    @Test
    void a_failure_is_a_final_entry_with_its_error() {
        String id = v1.create(NewTask.shell("exit 3").queue(queue).once());
        v1.awaitState(id, "archived");

        assertThatReply(v1.progress(id))
                .hasStatus(200)
                .has("/is_final", true)
                .has("/progress/stage", "failed")
                .has("/progress/percentage", 0)
                .hasTextMatching("/progress/message", ".+");
    }

    @Test
    void a_cancelled_task_keeps_its_last_percentage() {
        String id = v1.create(NewTask.demo(10).queue(queue));
        Waiting.await().until(() -> v1.progress(id).status() == 200);
        v1.cancel(id).expect(200);
        v1.awaitState(id, "archived");

        List<JsonNode> entries = StreamSupport.stream(
                        v1.history(id).path("history").spliterator(), false)
                .toList();

        assertThat(entries.getLast().at("/progress/stage").asText()).isEqualTo("cancelled");
        assertThat(entries.getLast().path("status").asText()).isEqualTo("cancelled");
        assertThat(entries.getLast().at("/progress/percentage").asInt())
                .isEqualTo(entries.get(entries.size() - 2)
                        .at("/progress/percentage")
                        .asInt())
                .isBetween(1, 99);
    }

    @Test
    void retries_are_not_final() {
        String id = v1.create(NewTask.shell("exit 1")
                .queue(queue)
                .with("max_retries", 2)
                .with("retry_policy", V1LifeTest.QUICK_RETRY));
        v1.awaitState(id, "archived");

        List<Boolean> finals = StreamSupport.stream(
                        v1.history(id).path("history").spliterator(), false)
                .map(e -> e.path("is_final").asBoolean())
                .toList();

        assertThat(finals.stream().filter(f -> f)).hasSize(1);
        assertThat(finals.getLast()).isTrue();
    }

    @Test
    void a_task_that_has_not_begun_has_no_progress() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));

        assertThatReply(v1.progress(id)).isV1Error(404, "PROGRESS_NOT_FOUND");
        assertThatReply(info(id)).hasStatus(200).has("/has_progress", false).has("/length", 0);
        assertThatReply(admin.get(path(id, "/history")))
                .hasStatus(200)
                .has("/count", 0)
                .has("/task_id", id);
        assertThat(v1.history(id).path("history").isArray()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-7000-8000-000000000000", "nonsense"})
    void an_unknown_task_is_404_everywhere(String id) {
        assertThatReply(v1.progress(id)).isV1Error(404, "PROGRESS_NOT_FOUND");
        assertThatReply(admin.get(path(id, "/history"))).hasStatus(404).hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(info(id)).hasStatus(404).hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(admin.get(path(id, "/stream"))).hasStatus(404).hasTextMatching("/code", "[A-Z_]+");
    }

    private List<String> streamIds(String id, String query) {
        JsonNode history = admin.get(path(id, "/history") + query).expect(200).at("/history");
        return StreamSupport.stream(history.spliterator(), false)
                .map(e -> e.path("stream_id").asText())
                .toList();
    }

    private Reply info(String id) {
        return admin.get(path(id, "/info"));
    }

    private static String path(String id, String rest) {
        return "/api/v1/tasks/" + id + "/progress" + rest;
    }
}
