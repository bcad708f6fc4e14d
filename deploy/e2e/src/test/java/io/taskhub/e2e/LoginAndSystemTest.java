package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Json;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/login} and the system endpoints of the TaskHub contract. */
@EndToEnd
class LoginAndSystemTest {
    private static final String LOGIN = "/api/login";
    private final Hub hub;
    private final TaskHubClient anonymous;

    LoginAndSystemTest(Hub hub) {
        this.hub = hub;
        this.anonymous = hub.anonymous();
    }

    @Test
    void the_right_password_gives_a_token_for_two_hours() {
        Reply reply = anonymous.post(LOGIN, Map.of("username", "admin", "password", "123456"));

        assertThatReply(reply)
                .isOk()
                .has("/data/username", "admin")
                .hasTextMatching("/data/token", "[^.]+\\.[^.]+\\.[^.]+");
        JsonNode claims = jwtPart(reply.text("/data/token"), 1);
        assertThat(claims.path("exp").asLong() - claims.path("iat").asLong()).isEqualTo(7_200);
        assertThatReply(anonymous.withToken(reply.text("/data/token")).get("/api/tasks"))
                .isOk();
    }

    @Test
    void tokens_are_rs256_with_a_key_that_everybody_can_look_up() {
        JsonNode header = jwtPart(hub.admin().token(), 0);

        assertThat(header.path("alg").asText()).isEqualTo("RS256");
        Reply keys = anonymous.get("/.well-known/jwks.json").expect(200);
        assertThat(keys.at("/keys").findValuesAsText("kid"))
                .contains(header.path("kid").asText());
        assertThat(keys.body()).doesNotContain("\"d\":").doesNotContain("\"p\":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/xml"})
    void another_content_type_is_1001(String type) {
        Reply reply = anonymous
                .withHeader("Content-Type", type)
                .post(LOGIN, "{\"username\":\"admin\",\"password\":\"123456\"}");

        assertThatReply(reply).isTaskHubError(400, 1001);
    }

    @Test
    void no_content_type_is_1001_too() {
        assertThatReply(anonymous.send("POST", LOGIN, "{\"username\":\"admin\",\"password\":\"123456\"}"))
                .isTaskHubError(400, 1001);
    }

    @Test
    void json_with_a_charset_is_json() {
        Reply reply = anonymous
                .withHeader("Content-Type", "application/json; charset=utf-8")
                .post(LOGIN, Map.of("username", "admin", "password", "123456"));

        assertThatReply(reply).isOk();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "nonsense", "[1,2]", "\"text\"", "{\"username\":\"admin\",}"})
    void what_is_no_json_object_is_1002(String body) {
        assertThatReply(anonymous.post(LOGIN, body)).isTaskHubError(400, 1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"username\":\"admin\"}",
                "{\"password\":\"123456\"}",
                "{\"username\":\"\",\"password\":\"123456\"}",
                "{\"username\":\"admin\",\"password\":\"\"}",
                "{\"username\":null,\"password\":null}"
            })
    void a_missing_field_is_1003(String body) {
        assertThatReply(anonymous.post(LOGIN, body)).isTaskHubError(400, 1003);
    }

    @Test
    void wrong_credentials_are_1004_whether_or_not_the_user_exists() {
        assertThatReply(anonymous.post(LOGIN, Map.of("username", "admin", "password", "654321")))
                .isTaskHubError(401, 1004);
        assertThatReply(anonymous.post(LOGIN, Map.of("username", Names.unique("nobody"), "password", "x")))
                .isTaskHubError(401, 1004);
    }

    @Test
    void the_eleventh_failure_within_a_minute_is_429() {
        Map<String, String> guess = Map.of("username", Names.unique("guessed"), "password", "wrong");
        for (int i = 0; i < 10; i++) {
            assertThatReply(anonymous.post(LOGIN, guess)).isTaskHubError(401, 1004);
        }

        Reply eleventh = anonymous.post(LOGIN, guess);

        assertThatReply(eleventh).hasStatus(429).has("/data", null).hasTextMatching("/message", ".+");
        assertThat(eleventh.headers().firstValue("retry-after")).isPresent();
        assertThatReply(anonymous.post(LOGIN, Map.of("username", "admin", "password", "123456")))
                .as("another user is not throttled")
                .isOk();
    }

    @Test
    void health_needs_no_token() {
        Reply reply = anonymous.get("/api/health");

        assertThatReply(reply).isOk().has("/data/status", "healthy").hasInteger("/data/uptime_sec");
        assertThat(Instant.parse(reply.text("/data/time")))
                .isCloseTo(Instant.now(), org.assertj.core.api.Assertions.within(Duration.ofMinutes(1)));
    }

    @Test
    void info_needs_no_token_and_tells_what_was_built() {
        assertThatReply(anonymous.get("/api/info"))
                .isOk()
                .has("/data/name", "TaskHub Server")
                .hasTextMatching("/data/version", "\\d+\\.\\d+\\.\\d+.*")
                .hasTextMatching("/data/build_time", ".*\\d{4}.*")
                .hasTextMatching("/data/commit", ".+");
    }

    @Test
    void stats_count_workers_tasks_and_sockets() {
        Reply before = hub.admin().get("/api/stats");
        assertThatReply(before)
                .isOk()
                .hasInteger("/data/worker_pool/workers")
                .hasInteger("/data/worker_pool/queued")
                .hasInteger("/data/worker_pool/running")
                .hasInteger("/data/worker_pool/submitted")
                .hasInteger("/data/worker_pool/finished")
                .hasInteger("/data/ws/sessions");
        assertThat(before.number("/data/worker_pool/workers")).isPositive();

        hub.plain().awaitEnd(hub.plain().run("true"));

        try (Socket socket = Socket.authed(hub.sockets(), hub.admin().token())) {
            Waiting.await().untilAsserted(() -> {
                Reply after = hub.admin().get("/api/stats").expect(200);
                assertThat(after.number("/data/worker_pool/submitted"))
                        .isGreaterThan(before.number("/data/worker_pool/submitted"));
                assertThat(after.number("/data/worker_pool/finished"))
                        .isGreaterThan(before.number("/data/worker_pool/finished"));
                assertThat(after.number("/data/ws/sessions")).isPositive();
            });
            socket.ping();
        }
    }

    @Test
    void a_debug_broadcast_answers_without_data() {
        assertThatReply(hub.admin().get("/api/debug/broadcast")).isOk().has("/data", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/stats", "/api/debug/broadcast"})
    void the_rest_of_the_system_needs_a_token(String path) {
        assertThatReply(anonymous.get(path)).isTaskHubError(401, 401);
    }

    private static JsonNode jwtPart(String token, int index) {
        byte[] decoded = Base64.getUrlDecoder().decode(token.split("\\.", -1)[index]);
        return Json.parse(new String(decoded, StandardCharsets.UTF_8));
    }
}
