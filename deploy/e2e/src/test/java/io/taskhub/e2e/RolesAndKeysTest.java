package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.client.NewTask;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.Socket;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may call what (decisions §2): nested roles, API keys, sessions. */
@EndToEnd
class RolesAndKeysTest {
    private static final Map<String, Object> PLAIN = Map.of("name", "x", "type", 0, "params", Map.of("cmd", "true"));
    private final Hub hub;
    private final TaskHubClient admin;

    RolesAndKeysTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
    }

    @Test
    void a_viewer_reads_and_changes_nothing() {
        TaskHubClient viewer = user("viewer");
        long id = hub.plain().run("true");

        for (String path : List.of(
                "/api/tasks",
                "/api/tasks/" + id,
                "/api/tasks/logs?task_id=" + id,
                "/api/workers",
                "/api/stats",
                "/api/v1/tasks/" + id,
                "/api/v1/queues/stats",
                "/api/dag/runs",
                "/api/dag/task_runs",
                "/api/dag/events",
                "/templates",
                "/api/cron/jobs")) {
            assertThatReply(viewer.get(path)).hasStatus(200);
        }
        assertThatReply(viewer.post("/api/tasks", PLAIN)).isTaskHubError(403, 403);
        assertThatReply(viewer.post("/api/tasks/" + id + "/cancel")).isTaskHubError(403, 403);
        assertThatReply(viewer.post("/api/v1/tasks", NewTask.noop().body()))
                .hasStatus(403)
                .hasTextMatching("/error", ".+")
                .hasTextMatching("/code", "[A-Z_]+");
        assertThatReply(viewer.post("/api/v1/tasks:batch", Map.of("tasks", List.of())))
                .hasStatus(403);
        assertThatReply(viewer.delete("/api/v1/tasks/" + id)).hasStatus(403);
        assertThatReply(viewer.post("/api/v1/tasks/" + id + "/cancel")).hasStatus(403);
        assertThatReply(viewer.post("/api/workers/register", Map.of("id", "w", "port", 1)))
                .isNotOk(403);
        assertThatReply(viewer.post("/api/worker/execute", Map.of("id", "noop")))
                .isNotOk(403);
        for (String path :
                List.of("/api/dag/run", "/api/dag/run_async", "/api/dag/runs/x/cancel", "/api/dag/runs/x/retry")) {
            assertThatReply(viewer.post(path, "{}")).isTaskHubError(403, 403);
        }
        for (String path :
                List.of("/template", "/template/update/x", "/template/run", "/template/run_async", "/api/cron/jobs")) {
            assertThatReply(viewer.post(path, "{}")).isNotOk(403);
        }
        assertThatReply(viewer.delete("/template/x")).isNotOk(403);
        assertThatReply(viewer.delete("/api/cron/jobs/x")).isNotOk(403);
        assertThatReply(viewer.get("/api/users")).isProblem(403);
        try (Socket socket = Socket.authed(hub.sockets(), viewer.token())) {
            socket.ping();
        }
    }

    @Test
    void an_operator_creates_and_cancels_but_is_no_worker_and_no_admin() {
        TaskHubClient operator = user("operator");

        Reply created = operator.post("/api/tasks", PLAIN);
        assertThatReply(created).isOk();
        assertThatReply(operator.get("/api/tasks/" + created.number("/data/id")))
                .isOk();
        assertThatReply(operator.post("/api/v1/tasks", NewTask.noop().body())).hasStatus(201);
        assertThatReply(operator.post("/api/worker/execute", Map.of("id", "noop")))
                .hasStatus(200);
        assertThatReply(operator.post("/api/workers/heartbeat", Map.of("id", "w")))
                .isNotOk(403);
        assertThatReply(operator.get("/api/users")).isProblem(403);
        assertThatReply(operator.post("/api/keys", Map.of("name", "k", "role", "admin")))
                .isProblem(403);
    }

    @Test
    void a_worker_registers_and_beats_and_no_more() {
        TaskHubClient worker = user("worker");
        String id = Names.unique("worker");

        assertThatReply(worker.post("/api/workers/register", Map.of("id", id, "host", "127.0.0.1", "port", 1)))
                .hasStatus(200);
        assertThatReply(worker.post("/api/workers/heartbeat", Map.of("id", id))).hasStatus(200);
        assertThatReply(worker.post("/api/tasks", PLAIN)).isTaskHubError(403, 403);
        assertThatReply(worker.get("/api/tasks")).isTaskHubError(403, 403);
        assertThatReply(worker.post("/api/worker/execute", Map.of("id", "noop")))
                .isNotOk(403);
    }

    @Test
    void an_api_key_has_its_role_until_it_is_revoked() {
        Reply created = admin.post("/api/keys", Map.of("name", "ci", "role", "operator"))
                .expect(201);
        TaskHubClient holder = hub.anonymous().withToken(created.text("/key"));
        TaskHubClient importer = hub.anonymous().withHeader("X-Secretary-Api-Key", created.text("/key"));

        assertThatReply(holder.post("/api/tasks", PLAIN)).isOk();
        assertThatReply(importer.post("/api/tasks", PLAIN)).isOk();
        assertThatReply(holder.get("/api/users")).isProblem(403);
        assertThat(admin.get("/api/keys").expect(200).body())
                .contains(created.text("/id"))
                .doesNotContain(created.text("/key"));

        assertThat(admin.delete("/api/keys/" + created.text("/id")).status()).isEqualTo(204);

        Waiting.await()
                .untilAsserted(() -> assertThatReply(holder.get("/api/tasks")).isTaskHubError(401, 401));
    }

    @Test
    void an_api_key_opens_a_socket_in_the_upgrade_header() {
        String key = admin.post("/api/keys", Map.of("name", "socket", "role", "viewer"))
                .expect(201)
                .text("/key");
        try (Socket socket = Socket.connect(hub.sockets(), Map.of("Authorization", "Bearer " + key))) {
            socket.send(Map.of("op", "ping"));

            socket.awaitMessage(m -> m.path("type").asText().equals("pong"));
        }
    }

    @Test
    void a_socket_closes_4401_when_what_opened_it_expires() {
        String key = admin.post(
                        "/api/keys",
                        Map.of(
                                "name",
                                "short",
                                "role",
                                "viewer",
                                "expires_at",
                                Instant.now().plusSeconds(4).toString()))
                .expect(201)
                .text("/key");
        // that it opens says that the key was good; a ping could come too late on a machine that is busy
        try (Socket socket = Socket.connect(hub.sockets(), Map.of("Authorization", "Bearer " + key))) {
            assertThat(socket.awaitClose()).isEqualTo(4401);
        }
    }

    @Test
    void an_expired_key_is_not_made_and_a_short_one_ends() {
        assertThatReply(admin.post(
                        "/api/keys", Map.of("name", "old", "role", "viewer", "expires_at", "2020-01-01T00:00:00Z")))
                .isProblem(400);
        String key = admin.post(
                        "/api/keys",
                        Map.of(
                                "name",
                                "short",
                                "role",
                                "viewer",
                                "expires_at",
                                Instant.now().plusSeconds(3).toString()))
                .expect(201)
                .text("/key");
        TaskHubClient holder = hub.anonymous().withToken(key);
        assertThatReply(holder.get("/api/tasks")).isOk();

        Waiting.await()
                .untilAsserted(() -> assertThatReply(holder.get("/api/tasks")).hasStatus(401));
    }

    @Test
    void a_browser_session_lives_in_a_cookie_that_no_script_and_no_other_site_can_use() {
        Reply opened = hub.anonymous().post("/api/session", Map.of("username", "admin", "password", "123456"));
        String cookie = opened.expect(200).headers().firstValue("set-cookie").orElseThrow();
        assertThat(cookie).containsIgnoringCase("HttpOnly").containsIgnoringCase("SameSite=Strict");
        TaskHubClient browser = hub.anonymous().withHeader("Cookie", cookie.split(";", 2)[0]);

        assertThatReply(browser.get("/api/tasks")).isOk();
        assertThatReply(hub.anonymous().post("/api/session", Map.of("username", "admin", "password", "654321")))
                .hasStatus(401);
        assertThat(browser.delete("/api/session").status())
                .as("a change without an origin")
                .isEqualTo(403);
        assertThat(browser.withHeader("Origin", "http://elsewhere.example")
                        .delete("/api/session")
                        .status())
                .isEqualTo(403);
        assertThat(browser.withHeader("Origin", hub.suite().baseUrl())
                        .delete("/api/session")
                        .status())
                .isEqualTo(204);
        Waiting.await()
                .untilAsserted(() -> assertThatReply(browser.get("/api/tasks")).hasStatus(401));
    }

    @Test
    void a_removed_user_cannot_log_in_and_the_last_admin_stays() {
        String name = Names.unique("leaver");
        admin.post("/api/users", Map.of("name", name, "password", "secret-1", "role", "viewer"))
                .expect(201);
        assertThatReply(admin.post("/api/users", Map.of("name", name, "password", "secret-1", "role", "viewer")))
                .isProblem(409);
        assertThat(admin.delete("/api/users/" + name).status()).isEqualTo(204);

        assertThatReply(hub.anonymous().post("/api/login", Map.of("username", name, "password", "secret-1")))
                .isTaskHubError(401, 1004);
        assertThatReply(admin.delete("/api/users/admin")).isProblem(409);
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-User", "X-Remote-User", "X-User", "X-Roles", "X-Taskhub-User"})
    void who_only_says_who_he_is_is_nobody(String header) {
        assertThatReply(hub.anonymous().withHeader(header, "admin").get("/api/tasks"))
                .isTaskHubError(401, 401);
    }

    private TaskHubClient user(String role) {
        String name = Names.unique(role);
        admin.post("/api/users", Map.of("name", name, "password", "secret-1", "role", role))
                .expect(201);
        return hub.anonymous().login(name, "secret-1");
    }
}
