package io.taskhub.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.TaskId;
import io.taskhub.e2e.client.EventStream;
import io.taskhub.e2e.client.EventStream.Frame;
import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.V1Tasks;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Task Center's stream of any task, as events and as a socket, and the operators' job events, through the gateway. */
@EndToEnd
class TaskCenterStreamTest {
    private final Hub hub;
    private final V1Tasks v1;
    private final String queue = Names.unique("watched");

    TaskCenterStreamTest(Hub hub) {
        this.hub = hub;
        this.v1 = hub.v1();
    }

    private static String path(String task) {
        return "/api/tasks/" + TaskId.of(task).tsk() + "/stream";
    }

    private Socket socket(String path, String token) {
        return Socket.connect(hub.sockets().resolve(path), Map.of("Authorization", "Bearer " + token));
    }

    private static List<String> ids(List<Frame> frames) {
        return frames.stream().map(Frame::id).toList();
    }

    @Test
    void it_tells_a_task_from_its_creation_to_its_end_and_resumes_at_every_point() {
        String id = v1.create(NewTask.demo(2).queue(queue));
        List<Frame> all;
        try (EventStream stream = hub.admin().stream(path(id))) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.contentType()).startsWith("text/event-stream");
            all = stream.awaitEnd();
        }
        assertThat(all).extracting(Frame::event).containsExactly("status", "status", "log", "log", "status");
        assertThat(all)
                .allSatisfy(f -> assertThat(f.json().path("event").asText()).isEqualTo(f.event()));
        assertThat(all.getFirst().json().path("status").asText()).isEqualTo("queued");
        assertThat(all.get(2).json().path("message").asText()).isEqualTo("Step 1/2: hello");
        assertThat(all.getLast().json().path("status").asText()).isEqualTo("success");
        for (int point = 0; point < all.size(); point++) {
            try (EventStream rest = hub.admin().stream(path(id), all.get(point).id())) {
                assertThat(ids(rest.awaitEnd())).isEqualTo(ids(all.subList(point + 1, all.size())));
            }
        }
    }

    @Test
    void a_socket_on_its_path_carries_the_same() {
        String id = v1.create(NewTask.demo(2).queue(queue));
        try (Socket socket = socket("/api/tasks/" + id + "/events", hub.admin().token())) {
            assertThat(socket.awaitClose()).isEqualTo(1000);
            try (EventStream stream = hub.admin().stream(path(id))) {
                assertThat(socket.received())
                        .extracting(m -> m.path("id").asText())
                        .isEqualTo(ids(stream.awaitEnd()));
            }
            assertThat(socket.received().getLast().path("status").asText()).isEqualTo("success");
        }
        URI address = hub.sockets().resolve(path(id));
        assertThatThrownBy(() -> Socket.connect(address)).hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void a_socket_where_there_is_none_is_refused() {
        String id = v1.create(NewTask.noop().queue(queue).with("process_at", "2099-01-01T00:00:00Z"));
        assertThatThrownBy(() -> socket(
                        "/api/v1/tasks/" + id + "/progress/stream", hub.admin().token()))
                .hasMessageContaining("WebSocketHandshake");
        assertThatThrownBy(() -> socket(
                        "/api/tasks/tsk_00000000000000000000000000/stream",
                        hub.admin().token()))
                .hasMessageContaining("WebSocketHandshake");
    }

    @Test
    void operators_hear_of_every_task() {
        try (EventStream stream = hub.admin().stream("/api/admin/jobs/events")) {
            assertThat(stream.status()).isEqualTo(200);
            String id = v1.create(NewTask.demo(1).queue(queue));
            stream.awaitEvent(
                    f -> isOf(f, id) && f.json().path("event_type").asText().equals("task.completed"));
            List<JsonNode> told = stream.events().stream()
                    .filter(f -> isOf(f, id))
                    .map(Frame::json)
                    .toList();
            assertThat(told)
                    .extracting(e -> e.path("event_type").asText())
                    .containsExactly("task.created", "task.running", "task.progress", "task.completed");
            assertThat(told).extracting(e -> e.path("task_type").asText()).containsOnly("demo");
            assertThat(told)
                    .extracting(e -> e.path("status").asText())
                    .containsExactly("queued", "running", "running", "succeeded");
        }
    }

    private static boolean isOf(Frame frame, String task) {
        return frame.event().equals("job.event")
                && frame.json().path("task_id").asText().equals(task);
    }
}
