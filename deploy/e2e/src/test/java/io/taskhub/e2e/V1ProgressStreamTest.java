package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.EventStream;
import io.taskhub.e2e.client.EventStream.Frame;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.V1Tasks;
import io.taskhub.e2e.client.Waiting;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Progress as server-sent events: nothing lost, nothing twice, from wherever a client goes on. */
@EndToEnd
class V1ProgressStreamTest {
    private static final String FAR = "2099-01-01T00:00:00Z";
    private final Hub hub;
    private final TaskHubClient admin;
    private final V1Tasks v1;
    private final String queue = Names.unique("stream");

    V1ProgressStreamTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.v1 = hub.v1();
    }

    @Test
    void a_live_stream_shows_every_entry_and_ends_with_done() {
        String id = v1.create(NewTask.demo(3).queue(queue));
        try (EventStream stream = v1.stream(id, "?start_id=0")) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.contentType()).startsWith("text/event-stream");

            List<Frame> events = stream.awaitEnd();

            assertThat(names(events)).containsExactly("progress", "progress", "progress", "progress", "done");
            assertThat(ids(events.subList(0, 4))).isEqualTo(storedIds(id));
            assertThat(events.getFirst().json().path("task_id").asText()).isEqualTo(id);
            assertThat(events.getFirst().json().path("stage").asText()).isEqualTo("processing");
            assertThat(events.getFirst().json().path("message").asText()).isEqualTo("Step 1/3: hello");
            assertThat(events.getFirst().json().path("timestamp_ms").isIntegralNumber())
                    .isTrue();
            assertThat(events.get(3).json().path("percentage").asInt()).isEqualTo(100);
            assertDone(events.getLast(), id, "completed");
            assertThat(events.getLast().id()).isNotBlank();
        }
    }

    @Test
    void the_first_frame_tells_where_to_go_on() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
        try (EventStream stream = v1.stream(id, "")) {
            Waiting.await().until(() -> !stream.frames().isEmpty());

            Frame first = stream.frames().getFirst();

            assertThat(first.retry()).matches("\\d+");
            assertThat(first.id()).isNotNull();
            assertThat(first.isEvent()).isFalse();
        }
    }

    @Test
    void a_reconnect_before_the_first_event_loses_nothing() {
        v1.pauseQueue(queue);
        String id = v1.create(NewTask.demo(2).queue(queue));
        String start;
        try (EventStream stream = v1.stream(id, "")) {
            Waiting.await().until(() -> !stream.frames().isEmpty());
            start = Objects.requireNonNull(stream.frames().getFirst().id());
        }
        v1.resumeQueue(queue);
        v1.awaitState(id, "completed");

        try (EventStream again = v1.resume(id, start)) {
            List<Frame> events = again.awaitEnd();

            assertThat(ids(events.subList(0, events.size() - 1))).isEqualTo(storedIds(id));
            assertDone(events.getLast(), id, "completed");
        }
    }

    @Test
    void after_the_end_it_resumes_exactly_at_every_point() {
        String id = v1.create(NewTask.demo(3).queue(queue));
        v1.awaitState(id, "completed");
        List<String> stored = storedIds(id);

        for (int k = 0; k < stored.size(); k++) {
            List<String> rest = stored.subList(k + 1, stored.size());
            try (EventStream resumed = v1.resume(id, stored.get(k));
                    EventStream started = v1.stream(id, "?start_id=" + stored.get(k))) {
                for (EventStream stream : List.of(resumed, started)) {
                    List<Frame> events = stream.awaitEnd();
                    assertThat(ids(events.subList(0, events.size() - 1))).isEqualTo(rest);
                    assertDone(events.getLast(), id, "completed");
                }
            }
        }
    }

    @Test
    void while_it_runs_it_resumes_exactly_at_every_point_on_either_replica() {
        String id = v1.create(NewTask.demo(5).queue(queue));
        List<EventStream> resumed = new ArrayList<>();
        List<Integer> points = new ArrayList<>();
        try (EventStream whole = v1.stream(id, "?start_id=0")) {
            for (int k = 1; k <= 4; k++) {
                int wanted = k;
                Waiting.await().until(() -> whole.events("progress").size() >= wanted);
                String at = Objects.requireNonNull(
                        whole.events("progress").get(k - 1).id());
                for (String replica : List.of("realtime-service", "realtime-service-2")) {
                    resumed.add(onReplica(replica).resume(id, at));
                    points.add(k);
                }
            }
            List<String> all = ids(whole.awaitEnd());
            assertThat(all).as("five steps, the end, done").hasSize(7);
            assertThat(all.subList(0, 6)).doesNotHaveDuplicates();

            for (int i = 0; i < resumed.size(); i++) {
                assertThat(ids(resumed.get(i).awaitEnd())).isEqualTo(all.subList(points.get(i), all.size()));
            }
        } finally {
            resumed.forEach(EventStream::close);
        }
    }

    @Test
    void last_event_id_wins_over_start_id() {
        String id = v1.create(NewTask.demo(2).queue(queue));
        v1.awaitState(id, "completed");
        List<String> stored = storedIds(id);
        try (EventStream stream =
                admin.stream("/api/v1/tasks/" + id + "/progress/stream?start_id=0", stored.getLast())) {
            assertThat(names(stream.awaitEnd())).containsExactly("done");
        }
    }

    @Test
    void done_is_sent_again_on_a_resume_after_it() {
        String id = v1.create(NewTask.noop().queue(queue));
        v1.awaitState(id, "completed");
        String after;
        try (EventStream stream = v1.stream(id, "?start_id=0")) {
            after = Objects.requireNonNull(stream.awaitEnd().getLast().id());
        }

        try (EventStream again = v1.resume(id, after)) {
            List<Frame> events = again.awaitEnd();

            assertThat(names(events)).containsExactly("done");
            assertDone(events.getFirst(), id, "completed");
        }
    }

    @Test
    void new_only_on_a_finished_task_is_just_done() {
        String id = v1.create(NewTask.noop().queue(queue));
        v1.awaitState(id, "completed");

        for (String query : List.of("", "?start_id=$", "?start_id=%24")) {
            try (EventStream stream = v1.stream(id, query.replace("$", "%24"))) {
                assertThat(names(stream.awaitEnd())).containsExactly("done");
            }
        }
    }

    @Test
    void history_true_sends_the_stored_as_history_and_then_only_newer() {
        String id = v1.create(NewTask.demo(4).queue(queue));
        Waiting.await().until(() -> storedIds(id).size() >= 2);
        try (EventStream stream = v1.stream(id, "?history=true")) {
            List<Frame> events = stream.awaitEnd();

            List<String> names = names(events);
            int old = stream.events("history").size();
            assertThat(old).isBetween(2, 4);
            assertThat(names.subList(0, old)).containsOnly("history");
            assertThat(names.subList(old, names.size() - 1)).containsOnly("progress");
            assertThat(ids(events.subList(0, events.size() - 1))).isEqualTo(storedIds(id));
            assertDone(events.getLast(), id, "completed");
        }
    }

    @Test
    void failure_and_cancel_end_the_stream_too() {
        String failing = v1.create(NewTask.shell("exit 1").queue(queue).once());
        String cancelled = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
        try (EventStream failed = v1.stream(failing, "?start_id=0");
                EventStream stopped = v1.stream(cancelled, "")) {
            v1.cancel(cancelled).expect(200);

            assertDone(failed.awaitEnd().getLast(), failing, "failed");
            assertDone(stopped.awaitEnd().getLast(), cancelled, "cancelled");
        }
    }

    @Test
    void a_deleted_task_ends_its_streams_with_deleted() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
        try (EventStream stream = v1.stream(id, "")) {
            Waiting.await().until(() -> !stream.frames().isEmpty());

            v1.delete(id).expect(200);

            assertDone(stream.awaitEnd().getLast(), id, "deleted");
        }
    }

    @Test
    void many_tasks_share_a_stream_that_ends_after_the_last() {
        List<String> tasks = List.of(
                v1.create(NewTask.demo(1).queue(queue)),
                v1.create(NewTask.demo(2).queue(queue)),
                v1.create(NewTask.shell("sleep 0.2; exit 1").queue(queue).once()));
        try (EventStream stream = admin.stream("/api/v1/progress/stream?task_ids=" + String.join(",", tasks))) {
            assertThat(stream.status()).isEqualTo(200);

            stream.awaitEnd();

            for (String id : tasks) {
                List<JsonNode> own = stream.events("progress").stream()
                        .map(Frame::json)
                        .filter(d -> d.path("task_id").asText().equals(id))
                        .toList();
                assertThat(own).isNotEmpty();
                assertThat(own)
                        .allMatch(d -> d.path("progress").isObject()
                                && d.path("is_final").isBoolean());
                assertThat(own.stream().filter(d -> d.path("is_final").asBoolean()))
                        .hasSize(1);
                assertThat(own.getLast().path("is_final").asBoolean()).isTrue();
                assertThat(own.getLast().path("status").asText())
                        .isEqualTo(id.equals(tasks.getLast()) ? "failed" : "completed");
            }
        }
    }

    @Test
    void a_shared_stream_resumes_exactly_at_every_point() {
        String tasks = v1.create(NewTask.demo(2).queue(queue)) + ","
                + v1.create(NewTask.demo(3).queue(queue));
        String path = "/api/v1/progress/stream?task_ids=" + tasks;
        for (String id : tasks.split(",", -1)) {
            v1.awaitState(id, "completed");
        }
        List<Frame> whole;
        try (EventStream stream = admin.stream(path, "0")) {
            whole = stream.awaitEnd();
        }
        List<Frame> entries =
                whole.stream().filter(f -> f.event().equals("progress")).toList();
        assertThat(entries).hasSize(3 + 4);

        for (int k = 0; k < whole.size(); k++) {
            String at = Objects.requireNonNull(whole.get(k).id());
            List<String> rest = whole.subList(k + 1, whole.size()).stream()
                    .filter(f -> f.event().equals("progress"))
                    .map(f -> String.valueOf(f.data()))
                    .toList();
            try (EventStream resumed = admin.stream(path, at)) {
                resumed.awaitEnd();
                assertThat(resumed.events("progress").stream().map(f -> String.valueOf(f.data())))
                        .as("after " + at)
                        .containsExactlyInAnyOrderElementsOf(rest);
            }
        }
    }

    @Test
    void a_shared_stream_takes_ten_ids_and_no_more() {
        List<String> ten = v1.createAll(IntStream.range(0, 10)
                .mapToObj(i -> NewTask.noop().queue(queue))
                .toList());
        ten.forEach(id -> v1.awaitState(id, "completed"));
        try (EventStream stream = admin.stream("/api/v1/progress/stream?task_ids=" + String.join(",", ten))) {
            assertThat(stream.status()).isEqualTo(200);
            stream.awaitEnd();
        }

        assertThatReply(admin.get(
                        "/api/v1/progress/stream?task_ids=" + String.join(",", ten) + "," + ten.getFirst() + "x"))
                .isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.get("/api/v1/progress/stream")).isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.get("/api/v1/progress/stream?task_ids=")).isV1Error(400, "INVALID_REQUEST");
    }

    @Test
    void a_silent_stream_is_kept_alive_by_comments() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", FAR));
        try (EventStream stream = v1.stream(id, "")) {
            Waiting.await().until(() -> stream.frames().stream().anyMatch(Frame::comment));
            assertThat(stream.hasEnded()).isFalse();
        }
    }

    private V1Tasks onReplica(String name) {
        return new V1Tasks(
                TaskHubClient.at(java.net.URI.create(hub.suite().url(name))).withToken(admin.token()));
    }

    private List<String> storedIds(String id) {
        return StreamSupport.stream(v1.history(id).path("history").spliterator(), false)
                .map(e -> e.path("stream_id").asText())
                .toList();
    }

    private static void assertDone(Frame frame, String id, String status) {
        assertThat(frame.event()).isEqualTo("done");
        assertThat(frame.json().path("task_id").asText()).isEqualTo(id);
        assertThat(frame.json().path("status").asText()).isEqualTo(status);
    }

    private static List<String> names(List<Frame> frames) {
        return frames.stream().map(Frame::event).toList();
    }

    private static List<String> ids(List<Frame> frames) {
        return frames.stream().map(f -> Objects.requireNonNull(f.id())).toList();
    }
}
