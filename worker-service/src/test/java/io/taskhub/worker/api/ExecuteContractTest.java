package io.taskhub.worker.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.local.TestInfrastructure;
import io.taskhub.worker.Caller;
import io.taskhub.worker.QuietProfile;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(QuietProfile.class)
@WithTestResource(
        value = TestInfrastructure.class,
        scope = TestResourceScope.GLOBAL,
        initArgs = @ResourceArg(name = "schema", value = "worker"))
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExecuteContractTest {
    private static final String EXECUTE = "/api/worker/execute";

    @Inject
    Caller caller;

    @Inject
    ServiceToken tokens;

    private Path directory = Path.of("unset");

    /** Under target: the runner of these tests fills no @TempDir. */
    @BeforeEach
    void directory() throws IOException {
        directory = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "execute");
    }

    private Response execute(String body) {
        return caller.with(Roles.OPERATOR).body(body).post(EXECUTE);
    }

    private ValidatableResponse cancel(String body) {
        return caller.with(Roles.OPERATOR).body(body).post("/api/worker/cancel").then();
    }

    private static String shell(String id, String command, String more) {
        return "{\"task\":{\"id\":\"" + id + "\",\"exec_type\":\"Shell\",\"exec_command\":\"" + command + "\"" + more
                + "}}";
    }

    @Test
    void a_task_runs_and_its_result_is_the_answer() {
        execute(shell("t", "echo out; echo err >&2; exit 3", ""))
                .then()
                .statusCode(200)
                .body("status", equalTo(3))
                .body("message", equalTo("exit code 3"))
                .body("exit_code", equalTo(3))
                .body("stdout", equalTo("out\n"))
                .body("stderr", equalTo("err\n"))
                .body("attempt", equalTo(1))
                .body("max_attempts", equalTo(1))
                .body("metadata.worker_id", equalTo("worker-under-test"));
    }

    @Test
    void a_timeout_is_status_6_and_is_not_tried_again() {
        execute(shell("t", "sleep 60", ",\"timeout_ms\":300,\"retry_count\":2"))
                .then()
                .statusCode(200)
                .body("status", equalTo(6))
                .body("message", equalTo("Task timeout after 0.3 seconds"))
                .body("exit_code", equalTo(-1))
                .body("attempt", equalTo(1))
                .body("max_attempts", equalTo(3));
    }

    @Test
    void a_failure_is_tried_again_as_often_as_the_task_says() {
        String counter = directory.resolve("count").toString();
        execute(shell(
                        "t",
                        "echo x >> " + counter + "; [ $(wc -l < " + counter + ") = 3 ]",
                        ",\"retry_count\":5,\"retry_delay_ms\":1"))
                .then()
                .statusCode(200)
                .body("status", equalTo(2))
                .body("attempt", equalTo(3))
                .body("max_attempts", equalTo(6));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{", "[]", "{} {}", "{\"exec_type\":5}", "{\"exec_params\":[]}", "{\"timeout_ms\":\"soon\"}"
            })
    void what_is_no_task_is_refused(String body) {
        execute(body).then().statusCode(400).body("ok", equalTo(false));
    }

    @Test
    void remote_is_refused_and_an_unknown_type_is_told_the_allowed_ones() {
        execute("{\"exec_type\":\"remote\"}").then().statusCode(400).body("ok", equalTo(false));
        execute("{\"exec_type\":\"Magic\"}")
                .then()
                .statusCode(400)
                .body("error", containsString("allowed: Local, Remote, Script, HttpCall, Shell"));
    }

    @Test
    void one_key_is_one_run_while_it_lasts_and_after() {
        String counter = directory.resolve("count").toString();
        String body = shell("t", "echo x >> " + counter + "; sleep 0.3; wc -l < " + counter, "");
        CompletableFuture<String> first = CompletableFuture.supplyAsync(() -> keyed("k1", body));
        CompletableFuture<String> second = CompletableFuture.supplyAsync(() -> keyed("k1", body));
        assertThat(first.join().strip()).isEqualTo("1");
        assertThat(second.join().strip()).isEqualTo("1");
        assertThat(keyed("k1", body).strip()).isEqualTo("1");
        assertThat(keyed("k2", body).strip()).isEqualTo("2");
    }

    private String keyed(String key, String body) {
        return caller.with(Roles.OPERATOR)
                .header("Idempotency-Key", key)
                .body(body)
                .post(EXECUTE)
                .then()
                .statusCode(200)
                .extract()
                .path("stdout");
    }

    @Test
    void a_running_task_can_be_cancelled_by_its_id() {
        Path begun = directory.resolve("begun");
        CompletableFuture<Response> running =
                CompletableFuture.supplyAsync(() -> execute(shell("victim", "touch " + begun + "; sleep 60", "")));
        await().until(() -> Files.exists(begun));
        cancel("{\"id\":\"victim\"}").statusCode(200).body("ok", equalTo(true));
        running.join().then().statusCode(200).body("status", equalTo(5));
        cancel("{\"id\":\"victim\"}").statusCode(404).body("message", equalTo("task not running"));
        cancel("{}").statusCode(400);
    }

    @Test
    void who_hangs_up_cancels_the_run() throws IOException {
        Path pid = directory.resolve("pid");
        String body = shell("t", "echo $$ > " + pid + "; sleep 60; true", "");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
            String request = "POST " + EXECUTE + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer "
                    + tokens.mint("tester", Set.of(Roles.OPERATOR), Duration.ofMinutes(1))
                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            await().until(() -> Files.exists(pid) && Files.size(pid) > 0);
        }
        long process = Long.parseLong(Files.readString(pid).strip());
        await().until(
                        () -> ProcessHandle.of(process)
                                .map(ProcessHandle::isAlive)
                                .orElse(false),
                        alive -> !alive);
    }

    @Test
    void only_operators_may() {
        caller.with(Roles.VIEWER)
                .body("{}")
                .post(EXECUTE)
                .then()
                .statusCode(403)
                .body("ok", equalTo(false));
        caller.with(Roles.WORKER).body("{}").post(EXECUTE).then().statusCode(403);
    }
}
