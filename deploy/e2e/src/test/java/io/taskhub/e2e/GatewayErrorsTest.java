package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors raised before a resource is reached speak the dialect of the path (decisions §1). */
@EndToEnd
class GatewayErrorsTest {
    private static final int MIB = 1_048_576;
    private final Hub hub;
    private final TaskHubClient admin;

    GatewayErrorsTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
    }

    static Stream<TaskHubClient> strangers(Hub hub) {
        TaskHubClient anonymous = hub.anonymous();
        String token = hub.admin().token();
        String tampered = token.substring(0, token.length() - 6) + "AAAAAA";
        String unsigned = "eyJhbGciOiJub25lIn0." + token.split("\\.", -1)[1] + ".";
        return Stream.of(
                anonymous,
                anonymous.withToken("garbage"),
                anonymous.withToken(tampered),
                anonymous.withToken(unsigned),
                anonymous.withHeader("Authorization", "Basic YWRtaW46MTIzNDU2"),
                anonymous.withHeader("Authorization", "Bearer "));
    }

    @Test
    void nobody_gets_in_without_a_token_that_was_signed_here() {
        assertThat(strangers(hub)).allSatisfy(stranger -> {
            assertThatReply(stranger.get("/api/tasks")).isTaskHubError(401, 401);
            assertThatReply(stranger.get("/api/tasks/1")).isTaskHubError(401, 401);
            assertThatReply(stranger.post("/api/tasks/1/cancel")).isTaskHubError(401, 401);
            assertThatReply(stranger.post("/api/tasks", Map.of("name", "x", "type", 0)))
                    .isTaskHubError(401, 401);
            assertThatReply(stranger.get("/api/tasks/logs?task_id=1")).isTaskHubError(401, 401);
            assertThatReply(stranger.get("/api/workers")).isNotOk(401);
            assertThatReply(stranger.post("/api/workers/register", "{}")).isNotOk(401);
            assertThatReply(stranger.post("/api/worker/execute", "{}")).isNotOk(401);
            assertThatReply(stranger.post("/api/dag/run", "{}")).isTaskHubError(401, 401);
            assertThatReply(stranger.get("/api/dag/runs")).isTaskHubError(401, 401);
            assertThatReply(stranger.get("/templates")).isNotOk(401);
            assertThatReply(stranger.get("/api/cron/jobs")).isNotOk(401);
            assertThat(stranger.get("/api/v1/tasks/x").status()).isEqualTo(401);
            assertThatReply(stranger.get("/api/v1/queues/stats")).hasStatus(401).hasTextMatching("/error", ".+");
        });
    }

    @Test
    void v1_says_unauthorized_with_a_code() {
        assertThatReply(hub.anonymous().post("/api/v1/tasks", Map.of("type", "noop", "payload", Map.of())))
                .hasStatus(401)
                .hasTextMatching("/error", ".+")
                .hasTextMatching("/code", "[A-Z_]+");
    }

    @Test
    void unknown_paths_are_404_in_the_dialect_of_their_neighbourhood() {
        assertThatReply(admin.get("/api/v1/nothing-here"))
                .hasStatus(404)
                .hasTextMatching("/error", ".+")
                .hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(admin.get("/api/tasks/1/nothing-here")).isTaskHubError(404, 404);
        assertThatReply(admin.get("/api/workers/nothing/here")).isNotOk(404);
        assertThatReply(admin.get("/nothing-here")).isProblem(404);
    }

    @Test
    void the_wrong_method_is_405_in_the_dialect() {
        assertThatReply(hub.anonymous().get("/api/login")).isTaskHubError(405, 405);
        assertThatReply(admin.send("PUT", "/api/tasks", "{}")).isTaskHubError(405, 405);
        assertThatReply(admin.delete("/api/workers")).isNotOk(405);
        assertThatReply(admin.send("PUT", "/api/event-job/jobs", "{}"))
                .hasStatus(405)
                .has("/status", "error")
                .hasTextMatching("/message", ".+")
                .hasTextMatching("/error_type", ".+");
        assertThatReply(admin.send("PUT", "/api/admin/jobs/realtime", "{}"))
                .hasStatus(405)
                .has("/ok", false)
                .hasTextMatching("/error/code", ".+")
                .hasTextMatching("/error/message", ".+");
        assertThatReply(admin.send("PUT", "/api/chat", "{}")).isProblem(405);
        assertThatReply(admin.send("PATCH", "/api/v1/tasks/x", "{}"))
                .hasStatus(405)
                .hasTextMatching("/error", ".+")
                .hasTextMatching("/code", "[A-Z_]+");
    }

    @Test
    void a_body_over_a_mebibyte_is_413_announced_or_not() {
        String large = "{\"name\":\"" + "x".repeat(MIB) + "\"}";

        assertThatReply(admin.post("/api/tasks", large)).isTaskHubError(413, 413);
        assertThatReply(admin.post("/api/workers/register", large)).isNotOk(413);
        assertThatReply(admin.post("/api/v1/tasks", large)).hasStatus(413).hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(admin.postChunked("/api/v1/tasks", large.getBytes(StandardCharsets.UTF_8)))
                .hasStatus(413)
                .hasTextMatching("/error", ".+");
    }

    @Test
    void a_batch_body_may_have_eight_mebibytes() {
        String padded = "{\"tasks\":[{\"type\":\"noop\",\"payload\":{}}],\"padding\":\"" + "x".repeat(2 * MIB) + "\"}";
        String tooLarge = "{\"tasks\":[],\"padding\":\"" + "x".repeat(8 * MIB) + "\"}";

        assertThatReply(admin.post("/api/v1/tasks:batch", padded)).hasStatus(201);
        assertThatReply(admin.post("/api/v1/tasks:batch", tooLarge)).hasStatus(413);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "multipart/form-data; boundary=x"})
    void another_content_type_is_415(String type) {
        TaskHubClient client = admin.withHeader("Content-Type", type);

        assertThatReply(client.post("/api/tasks", "{\"name\":\"x\"}")).isTaskHubError(415, 415);
        assertThatReply(client.post("/api/v1/tasks", "{\"type\":\"noop\",\"payload\":{}}"))
                .hasStatus(415)
                .hasTextMatching("/error", ".+")
                .hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(client.post("/api/workers/register", "{}")).isNotOk(415);
        assertThatReply(client.post("/api/worker/execute", "{}")).isNotOk(415);
    }

    @Test
    void no_content_type_means_json() {
        assertThatReply(admin.send("POST", "/api/tasks", "{\"name\":\"x\",\"type\":0,\"params\":{\"cmd\":\"true\"}}"))
                .isOk();
        assertThatReply(admin.send("POST", "/api/v1/tasks", "{\"type\":\"noop\",\"payload\":{}}"))
                .hasStatus(201);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "nonsense", "{\"a\":}", "{\"type\":\"noop\"", "{} {}"})
    void bad_json_is_told_in_the_dialect(String body) {
        assertThatReply(admin.post("/api/tasks", body)).isTaskHubError(400, 1002);
        assertThatReply(admin.post("/api/v1/tasks", body)).isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.post("/api/v1/tasks:batch", body)).isV1Error(400, "INVALID_REQUEST");
        assertThatReply(admin.post("/api/workers/register", body)).isNotOk(400);
        assertThatReply(admin.post("/api/workers/heartbeat", body)).isNotOk(400);
        assertThatReply(admin.post("/api/worker/execute", body)).isNotOk(400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/stats",
                "/internal/leases/claim",
                "/api/../internal/stats",
                "/api/%2e%2e/internal/stats",
                "/api/v1/..%2f..%2finternal/stats",
                "//internal/stats",
                "/api/v1/tasks/%2e%2e/%2e%2e/%2e%2e/internal/stats",
                "/./internal/stats",
                "/INTERNAL/stats"
            })
    void internal_paths_are_never_routed(String path) {
        String raw = hub.raw("GET " + path + " HTTP/1.1\nHost: taskhub\nAuthorization: Bearer " + admin.token()
                + "\nConnection: close\n\n");

        assertThat(io.taskhub.e2e.client.RawConnection.statuses(raw))
                .as(raw)
                .hasSize(1)
                .allMatch(status -> status == 400 || status == 404);
    }

    @Test
    void every_answer_names_its_request() {
        Reply given = admin.withHeader("X-Request-Id", "abc-123").get("/api/tasks/1/nothing-here");
        Reply made = hub.anonymous().get("/api/tasks");

        assertThat(given.headers().firstValue("x-request-id")).contains("abc-123");
        assertThat(made.headers().firstValue("x-request-id")).isPresent();
        assertThat(hub.anonymous().get("/health").headers().firstValue("x-request-id"))
                .isPresent();
    }

    static Stream<String> smugglingShapes() {
        String post = "POST /api/login HTTP/1.1\nHost: taskhub\nContent-Type: application/json\n";
        String hidden = "GET /api/stats HTTP/1.1\nHost: taskhub\n\n";
        return Stream.of(
                post + "Content-Length: 4\nTransfer-Encoding: chunked\n\n0\n\n" + hidden,
                post + "Content-Length: 0\nContent-Length: 44\n\n" + hidden,
                post + "Transfer-Encoding: xchunked\n\n0\n\n" + hidden,
                post + "Transfer-Encoding: chunked, identity\n\n0\n\n" + hidden,
                post + "Transfer-Encoding: chunked\nTransfer-Encoding: identity\n\n0\n\n" + hidden,
                post + "Transfer-Encoding : chunked\n\n0\n\n" + hidden,
                post + "Content-Length: +4\n\nabcd" + hidden,
                post + "Content-Length: -1\n\n" + hidden,
                post + "Content-Length: 4, 4\n\nabcd" + hidden,
                post + "Transfer-Encoding: chunked\n\nZZ\n\n" + hidden,
                "GET /api/health HTTP/1.1\nHost: taskhub\nHost: elsewhere\n\n" + hidden);
    }

    @ParameterizedTest
    @MethodSource("smugglingShapes")
    void a_request_that_two_servers_could_read_differently_is_refused(String text) {
        String raw = hub.raw(text);

        assertThat(io.taskhub.e2e.client.RawConnection.statuses(raw))
                .as("one refusal, then the connection is closed: " + text + "\n→ " + raw)
                .hasSizeLessThanOrEqualTo(1)
                .allMatch(status -> status == 400 || status == 501);
    }

    @Test
    void headers_without_measure_are_refused() {
        assertThat(hub.anonymous()
                        .withHeader("X-Large", "x".repeat(70_000))
                        .get("/api/health")
                        .status())
                .isIn(400, 431);
    }
}
