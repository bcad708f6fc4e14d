package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Download;
import io.taskhub.e2e.client.EventStream;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code task-center.md} with a real browser. */
@EndToEnd
class TaskCenterTest {
    private static final Duration BROWSER = Duration.ofSeconds(60);
    private final Hub hub;
    private final TaskHubClient admin;

    TaskCenterTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"open %s, type \"umbrella\" into #q and click #go", "打开 %s，在 #q 输入“umbrella”，然后点击 #go"})
    void an_agent_types_and_clicks_on_a_page(String prompt) {
        needsBrowser();
        String id = chat(prompt.formatted(hub.world().at("/shop")), Map.of());
        JsonNode task = awaitStatus(id, "success");

        assertThat(task.path("execution_overlays")).anySatisfy(overlay -> {
            assertThat(overlay.at("/meta/action").asText()).isEqualTo("click");
            assertThat(overlay.path("bbox").toString()).isEqualTo("[300,40,420,70]");
            assertThat(overlay.path("recorded_at").asText()).isNotBlank();
        });
        assertThat(task.at("/plan_overlays/steps")).isNotEmpty();
        assertThat(task.path("logs"))
                .anyMatch(log -> log.path("message").asText().contains("searched umbrella"));
        assertThat(task.at("/artifacts/count").asInt()).isPositive();
        JsonNode screenshot = task.at("/artifacts/items/0");
        assertThat(screenshot.path("label").asText()).isEqualTo("screenshot");
        assertThat(screenshot.path("path").asText()).startsWith("soulbrowser-output/artifacts/" + id + "/");
        Download png = admin.download("GET", screenshot.path("url").asText());
        assertThat(png.status()).isEqualTo(200);
        assertThat(png.text()).contains("PNG");
    }

    @Test
    void a_stream_goes_on_from_any_event() {
        needsBrowser();
        String id = chat("open " + hub.world().at("/shop") + " and click #go", Map.of());
        List<EventStream.Frame> all;
        try (EventStream stream = admin.stream("/api/tasks/" + id + "/stream")) {
            Waiting.await(BROWSER).until(stream::hasEnded);
            all = stream.events();
        }
        assertThat(all).allSatisfy(frame -> {
            assertThat(frame.id()).isNotBlank();
            assertThat(frame.json().path("event").asText()).isEqualTo(frame.event());
        });
        assertThat(all).extracting(EventStream.Frame::event).contains("status", "log", "overlay", "artifact");
        assertThat(all.getLast().json().path("status").asText()).isEqualTo("success");
        for (int i = 0; i < all.size() - 1; i++) {
            try (EventStream rest =
                    admin.stream("/api/tasks/" + id + "/events", all.get(i).id())) {
                assertThat(rest.awaitEnd()).isEqualTo(all.subList(i + 1, all.size()));
            }
        }
        URI socket = URI.create(socketBase() + "/api/tasks/" + id + "/stream");
        try (Socket same = Socket.connect(socket, Map.of("Authorization", "Bearer " + admin.token()))) {
            Waiting.await().until(same::isClosed);
            assertThat(same.received())
                    .extracting(message -> message.path("event").asText())
                    .containsExactlyElementsOf(
                            all.stream().map(EventStream.Frame::event).toList());
        }
    }

    @Test
    void a_plan_alone_is_a_success_at_once() {
        String id = chat("在 https://www.wikipedia.org 搜索 SoulBrowser", Map.of("execute", false));
        JsonNode task = admin.get("/api/tasks/" + id).expect(200).json();
        assertThat(task.path("status").asText()).isEqualTo("success");
        assertThat(task.at("/plan/steps/0/tool/kind/Navigate/url").asText()).startsWith("https://www.wikipedia.org");
        try (EventStream stream = admin.stream("/api/tasks/" + id + "/stream")) {
            assertThat(stream.awaitEnd().getLast().json().path("status").asText())
                    .isEqualTo("success");
        }
        assertThat(admin.get("/api/tasks?limit=100").expect(200).at("/data"))
                .anyMatch(item -> item.path("task_id").asText().equals(id)
                        && !item.path("plan_summary").asText().isBlank());
    }

    @Test
    void what_cannot_be_found_on_the_page_fails_the_task() {
        needsBrowser();
        String id = chat("open " + hub.world().at("/shop") + " and click #nowhere", Map.of());
        JsonNode task = awaitStatus(id, "failed");
        assertThat(task.path("error_code").asText()).isNotBlank();
        try (EventStream stream = admin.stream("/api/tasks/" + id + "/stream")) {
            EventStream.Frame last = stream.awaitEnd().getLast();
            assertThat(last.event()).isEqualTo("error");
            assertThat(last.json().path("error_code").asText())
                    .isEqualTo(task.path("error_code").asText());
        }
    }

    @Test
    void a_cancelled_agent_leaves_no_browser() {
        needsBrowser();
        String id = chat("open " + hub.world().at("/shop") + " and wait 60 seconds", Map.of());
        Waiting.await(BROWSER).until(() -> inspect(id).path("logs").size() > 0);
        admin.post("/api/tasks/" + id + "/cancel").expect(200);
        assertThat(awaitStatus(id, "failed").path("error_code").asText()).isEqualTo("CANCELLED");
    }

    @Test
    void a_blank_prompt_is_refused() {
        assertThatReply(admin.post("/api/chat", Map.of("prompt", " "))).isProblem(400);
        assertThatReply(admin.post("/api/chat", Map.of("prompt", "x".repeat(2_001))))
                .isProblem(400);
        assertThatReply(admin.get("/api/tasks/tsk_01HXY300000000000000000000")).isProblem(404);
        assertThatReply(admin.get("/api/tasks/tsk_01HXY300000000000000000000/stream"))
                .isProblem(404);
    }

    private String chat(String prompt, Map<String, Object> more) {
        Map<String, Object> body = new HashMap<>(more);
        body.put("prompt", prompt);
        body.put("planner", "rule-based");
        Reply reply = admin.post("/api/chat", body).expect(200);
        String id = reply.text("/task_id");
        assertThatReply(reply)
                .hasTextMatching("/task_id", "tsk_[0-9A-HJKMNP-TV-Z]{26}")
                .has("/links/task", "/api/tasks/" + id)
                .has("/links/stream", "/api/tasks/" + id + "/stream");
        assertThat(reply.at("/plan/steps")).isNotEmpty();
        return id;
    }

    private JsonNode inspect(String id) {
        return admin.get("/api/tasks/" + id).expect(200).json();
    }

    private JsonNode awaitStatus(String id, String status) {
        Waiting.await(BROWSER).until(() -> List.of("success", "failed")
                .contains(inspect(id).path("status").asText()));
        JsonNode task = inspect(id);
        assertThat(task.path("status").asText()).as(task.toString()).isEqualTo(status);
        return task;
    }

    private String socketBase() {
        return hub.suite().baseUrl().replaceFirst("http", "ws");
    }

    private static void needsBrowser() {
        assumeTrue(
                Stream.of("chromium", "chromium-browser", "google-chrome")
                        .anyMatch(name -> Files.isExecutable(Path.of("/usr/bin", name))),
                "needs a Chromium, for example the package chromium");
    }
}
