package io.taskhub.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskhub.gateway.front.Doors;
import jakarta.inject.Inject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@GatewayTest
class StreamingTest {
    @Inject
    Doors doors;

    private static HttpResponse<InputStream> open(String token) throws Exception {
        return Browser.client()
                .send(Browser.as(token, "/api/v1/progress/stream?task_ids=1").build(), BodyHandlers.ofInputStream());
    }

    @Test
    void an_event_arrives_while_the_stream_is_still_open() throws Exception {
        String token = Browser.admin();
        HttpResponse<InputStream> response = open(token);
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("data: first");
            assertThat(Browser.post(Browser.as(token, "/api/v1/tasks/release/cancel"), "")
                            .statusCode())
                    .isEqualTo(200);
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isEqualTo("data: second");
            assertThat(lines.readLine()).isEmpty();
            assertThat(lines.readLine()).isNull();
        }
    }

    @Test
    void a_caller_who_goes_away_ends_the_stream_at_the_service() throws Exception {
        String token = Browser.admin();
        int before = closed(token);
        HttpResponse<InputStream> response = open(token);
        assertThat(response.body().read()).isEqualTo('d');
        response.body().close();
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> closed(token) > before);
    }

    private static int closed(String token) {
        return Integer.parseInt(
                Browser.send(Browser.as(token, "/api/v1/tasks/closed")).body());
    }

    @Test
    void a_websocket_passes_on_both_listeners_also_without_a_header() throws Exception {
        for (String address : new String[] {
            "ws://localhost:" + Browser.port() + "/ws?x=1",
            "ws://localhost:" + doors.socketPort() + "/ws?x=1",
            "ws://localhost:" + doors.socketPort() + "/any/path?x=1"
        }) {
            Conversation conversation = new Conversation();
            WebSocket socket = connect(address, null, conversation);
            socket.sendText("hello", true).join();
            assertThat(conversation.next()).isEqualTo("echo hello");
            socket.sendText("who", true).join();
            assertThat(conversation.next()).isEqualTo("/ws?x=1 null");
            socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
        }
    }

    @Test
    void an_api_key_on_the_upgrade_arrives_as_a_token_and_a_bad_one_does_not_arrive() throws Exception {
        String key = Browser.json(
                        Browser.post(Browser.as(Browser.admin(), "/api/keys"), "{\"name\":\"ws\",\"role\":\"viewer\"}"))
                .getString("key");
        String address = "ws://localhost:" + Browser.port() + "/ws";
        Conversation conversation = new Conversation();
        WebSocket socket = connect(address, key, conversation);
        socket.sendText("who", true).join();
        assertThat(conversation.next()).startsWith("/ws Bearer ey").doesNotContain(key);
        socket.abort();
        assertThatThrownBy(() -> connect(address, "thk_bad", conversation)).hasMessageContaining("answered 401");
    }

    @Test
    void a_plain_request_for_the_websocket_is_told_to_upgrade() {
        HttpResponse<String> response = Browser.send(Browser.request("/ws"));
        assertThat(response.statusCode()).isEqualTo(426);
        assertThat(Browser.json(response).getInteger("code")).isEqualTo(426);
    }

    @Test
    void a_stream_may_also_be_read_as_a_websocket_by_whoever_may_read_it() throws Exception {
        String admin = Browser.admin();
        String viewer = key(admin, "viewer");
        for (String path : new String[] {"/api/tasks/tsk_1/stream?last_event_id=7-3", "/api/tasks/17/events"}) {
            String address = "ws://localhost:" + Browser.port() + path;
            Conversation conversation = new Conversation();
            WebSocket socket = connect(address, viewer, conversation);
            socket.sendText("who", true).join();
            assertThat(conversation.next()).startsWith(path + " Bearer ey");
            socket.abort();
            assertThatThrownBy(() -> connect(address, null, conversation)).hasMessageContaining("answered 401");
            assertThatThrownBy(() -> connect(address, key(admin, "worker"), conversation))
                    .hasMessageContaining("answered 403");
        }
        String jobs = "ws://localhost:" + Browser.port() + "/api/admin/jobs/events";
        assertThatThrownBy(() -> connect(jobs, viewer, new Conversation())).hasMessageContaining("answered 403");
    }

    @Test
    void a_page_of_another_origin_cannot_open_a_stream_with_the_readers_cookie() throws Exception {
        String cookie = Browser.post(
                        Browser.request("/api/session"), "{\"username\":\"admin\",\"password\":\"123456\"}")
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow()
                .split(";", 2)[0];
        String address = "ws://localhost:" + Browser.port() + "/api/tasks/tsk_1/stream";
        Conversation conversation = new Conversation();
        connect(address, conversation, "Cookie", cookie, "Origin", "http://localhost:" + Browser.port())
                .abort();
        assertThatThrownBy(() -> connect(address, conversation, "Cookie", cookie, "Origin", "http://elsewhere"))
                .hasMessageContaining("answered 403");
        assertThatThrownBy(() -> connect(address, conversation, "Cookie", cookie))
                .hasMessageContaining("answered 403");
    }

    private static String key(String admin, String role) {
        return Browser.json(Browser.post(Browser.as(admin, "/api/keys"), "{\"name\":\"ws\",\"role\":\"" + role + "\"}"))
                .getString("key");
    }

    private static WebSocket connect(String address, @Nullable String bearer, Conversation conversation)
            throws Exception {
        return bearer == null
                ? connect(address, conversation)
                : connect(address, conversation, "Authorization", "Bearer " + bearer);
    }

    private static WebSocket connect(String address, Conversation conversation, String... headers) throws Exception {
        WebSocket.Builder builder = Browser.client().newWebSocketBuilder();
        for (int i = 0; i < headers.length; i += 2) {
            builder.header(headers[i], headers[i + 1]);
        }
        try {
            return builder.buildAsync(URI.create(address), conversation).get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof WebSocketHandshakeException refused) {
                HttpResponse<?> response = refused.getResponse();
                throw new IllegalStateException(
                        "answered " + response.statusCode() + " "
                                + response.headers().map(),
                        e);
            }
            throw e;
        }
    }

    /** What the other side said. */
    private static final class Conversation implements WebSocket.Listener {
        private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            said.add(text.toString());
            socket.request(1);
            return null;
        }

        @Nullable
        String next() throws InterruptedException {
            return said.poll(10, TimeUnit.SECONDS);
        }
    }
}
