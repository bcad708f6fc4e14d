package io.taskhub.dag.api.taskhub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.RestAssured;
import io.taskhub.dag.Calls;
import io.taskhub.dag.DagServiceTest;
import io.taskhub.dag.RunStatus;
import io.taskhub.dag.StoredRows;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs as clients start, watch, end and repeat them (taskhub.md, "DAG run"), on the real engine. */
@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DagRunsTest {
    private static final String RUN_ID = "[0-9]{13}_[0-9a-zA-Z]{6}";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    Calls calls;

    @Inject
    StoredRows rows;

    private int status(String run) {
        return calls.viewer()
                .get("/api/dag/runs?run_id=" + run)
                .then()
                .statusCode(200)
                .extract()
                .path("data.items[0].status");
    }

    private void awaitStatus(String run, RunStatus status) {
        Awaitility.await().atMost(PATIENCE).until(() -> status(run) == status.code());
    }

    private String start(String body) {
        return calls.operator()
                .body(body)
                .post("/api/dag/run_async")
                .then()
                .statusCode(200)
                .extract()
                .path("data.run_id");
    }

    @Test
    void a_diamond_with_a_failing_side_skips_what_is_behind_it_and_reports_all_four() {
        calls.operator()
                .body("""
                        {"name":"diamond","config":{"fail_policy":"SkipDownstream","max_parallel":4},"tasks":[
                         {"id":"D","deps":["B","C"],"exec_type":"Shell","exec_command":"echo d"},
                         {"id":"B","deps":["A"],"exec_type":"Shell","exec_command":"printf %s {{nodes.A.stdout}}"},
                         {"id":"C","deps":["A"],"exec_type":"Shell","exec_command":"echo bad >&2; exit 3"},
                         {"id":"A","exec_type":"Shell","exec_command":"echo \\"it's a\\""}]}
                        """)
                .post("/api/dag/run")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("ok", equalTo(true))
                .body("message", equalTo("dag failed"))
                .body("run_id", matchesPattern(RUN_ID))
                .body("nodes.id", contains("D", "B", "C", "A"))
                .body("nodes.result.status", contains(4, 2, 3, 2))
                .body("nodes.find{it.id=='B'}.result.stdout", equalTo("it's a"))
                .body("nodes.find{it.id=='A'}.result.stdout", startsWith("it's a"))
                .body("nodes.find{it.id=='A'}.result.attempt", equalTo(1))
                .body("nodes.find{it.id=='A'}.result.max_attempts", equalTo(1))
                .body("nodes.find{it.id=='A'}.result.metadata", notNullValue())
                .body("nodes.find{it.id=='C'}.result.exit_code", equalTo(3))
                .body("nodes.find{it.id=='C'}.result.stderr", startsWith("bad"))
                .body("nodes.find{it.id=='D'}.result.message", equalTo("upstream_failed"))
                .body("nodes.find{it.id=='D'}.result.attempt", equalTo(0))
                .body("summary.total", equalTo(4))
                .body("summary.success", containsInAnyOrder("A", "B"))
                .body("summary.failed", contains("C"))
                .body("summary.skipped", contains("D"))
                .body("summary.canceled", empty());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'task':{'id':'one','exec_command':'noop'}}",
                "{'tasks':[{'id':'one','exec_type':'Local','exec_command':'noop'}],'config':{'name':'solo'}}"
            })
    void a_run_that_succeeds_says_nothing_else(String body) {
        calls.operator()
                .body(body.replace('\'', '"'))
                .post("/api/dag/run")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("message", equalTo(""))
                .body("nodes.result.status", contains(2))
                .body("summary.success", contains("one"));
    }

    @Test
    void run_async_answers_at_once_with_the_logical_ids() {
        String name = "async-" + UUID.randomUUID();
        String run = calls.operator()
                .body(
                        "{\"name\":\"%s\",\"tasks\":[{\"id\":\"b\",\"deps\":[\"a\"],\"exec_command\":\"noop\"},{\"id\":\"a\",\"exec_command\":\"noop\"}]}"
                                .formatted(name))
                .post("/api/dag/run_async")
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("message", equalTo("ok"))
                .body("data.run_id", matchesPattern(RUN_ID))
                .body("data.task_ids.logical", contains("b", "a"))
                .body("data.task_ids.task_id", contains("b", "a"))
                .extract()
                .path("data.run_id");
        awaitStatus(run, RunStatus.SUCCESS);
        calls.viewer()
                .get("/api/dag/runs?name=" + name)
                .then()
                .body("data.items.run_id", contains(run))
                .body("data.items[0].source", equalTo("manual"))
                .body("data.items[0].success_count", equalTo(2));
        calls.viewer()
                .get("/api/dag/events?task_id=a&run_id=" + run)
                .then()
                .body(
                        "data.items.event",
                        contains(
                                "dag_node_end",
                                "task_end",
                                "attempt_end",
                                "attempt_start",
                                "task_start",
                                "dag_node_start",
                                "dag_node_ready"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'tasks':[{'id':'a','deps':['b']},{'id':'b','deps':['a']}]} | cycle: b -> a -> b",
                "{'tasks':[{'id':'a','deps':['x']}]}           | task a depends on unknown task x",
                "{'tasks':[{'id':'a'},{'id':'a'}]}             | duplicate task id: a",
                "{'tasks':[{'id':'a','deps':['a']}]}           | task a depends on itself",
                "{'tasks':[{'id':''}]}                         | empty task id at position 1",
                "{'tasks':[{'id':'a','exec_type':'Magic'}]}    | task a: unknown exec_type: Magic (allowed: Local, Remote, Script, HttpCall, Shell)",
                "{'tasks':[{'id':'a'}],'config':{'fail_policy':'Never'}} | unknown fail_policy: Never (allowed: SkipDownstream, FailFast)",
                "{'tasks':[]}                                  | tasks is empty"
            })
    void a_bad_graph_answers_500_before_anything_runs(String body, String error) {
        String json = body.replace('\'', '"');
        calls.operator()
                .body(json)
                .post("/api/dag/run")
                .then()
                .statusCode(500)
                .body("ok", equalTo(false))
                .body("error", equalTo(error))
                .body("$", not(hasKey("code")));
        calls.operator()
                .body(json)
                .post("/api/dag/run_async")
                .then()
                .statusCode(500)
                .body("ok", equalTo(false))
                .body("error", equalTo(error))
                .body("code", equalTo(500))
                .body("message", equalTo(error));
    }

    @Test
    void one_node_more_than_ten_thousand_is_refused() {
        String tasks = IntStream.rangeClosed(1, 10_001)
                .mapToObj("{\"id\":\"n%d\"}"::formatted)
                .collect(Collectors.joining(",", "{\"tasks\":[", "]}"));
        calls.operator()
                .body(tasks)
                .post("/api/dag/run")
                .then()
                .statusCode(500)
                .body("error", equalTo("dag has 10001 tasks, at most 10000 are allowed"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"tasks\":{}}", "{\"task\":{\"id\":\"a\"}}", "{\"tasks\":null}"})
    void run_async_wants_an_array(String body) {
        calls.operator()
                .body(body)
                .post("/api/dag/run_async")
                .then()
                .statusCode(400)
                .body("error", equalTo("tasks must be array"))
                .body("code", equalTo(400))
                .body("message", equalTo("tasks must be array"))
                .body("data", nullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{\"a\":1}x", "{\"name\":\"a\\u0000b\",\"tasks\":[]}"})
    void what_is_no_json_object_answers_1002(String body) {
        for (String path : List.of("run", "run_async")) {
            calls.operator()
                    .body(body)
                    .post("/api/dag/" + path)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo(1002))
                    .body("message", startsWith("invalid json"))
                    .body("data", nullValue());
        }
    }

    @Test
    void errors_before_a_resource_speak_the_dialect() {
        RestAssured.given()
                .get("/api/dag/runs")
                .then()
                .statusCode(401)
                .body("code", equalTo(401))
                .body("data", nullValue());
        calls.viewer().body("{}").post("/api/dag/run").then().statusCode(403).body("code", equalTo(403));
        calls.operator().get("/internal/runs").then().statusCode(greaterThanOrEqualTo(403));
        calls.operator().get("/api/dag/nothing").then().statusCode(404).body("code", equalTo(404));
        calls.operator().delete("/api/dag/runs").then().statusCode(405).body("code", equalTo(405));
        calls.operator()
                .contentType("text/plain")
                .body("{}")
                .post("/api/dag/run")
                .then()
                .statusCode(415)
                .body("code", equalTo(415));
        calls.operator()
                .body("{\"tasks\":[],\"x\":\"" + "x".repeat(9 << 20) + "\"}")
                .post("/api/dag/run_async")
                .then()
                .statusCode(413)
                .body("code", equalTo(413));
    }

    @Test
    void a_canceled_run_stops_what_runs_and_can_be_retried() {
        String run = start("""
                {"tasks":[{"id":"ok","exec_command":"noop"},{"id":"long","deps":["ok"],"exec_type":"Shell","exec_command":"sleep 60"},
                 {"id":"after","deps":["long"],"exec_command":"noop"}]}
                """);
        Awaitility.await().atMost(PATIENCE).until(() -> calls.viewer()
                .get("/api/dag/task_runs?status=running&run_id=" + run)
                .path("data.items.logical_id")
                .equals(List.of("long")));
        calls.operator()
                .post("/api/dag/runs/" + run + "/retry")
                .then()
                .statusCode(409)
                .body("code", equalTo(1005));
        calls.operator()
                .body("{\"reason\":\"enough\"}")
                .post("/api/dag/runs/" + run + "/cancel")
                .then()
                .statusCode(200)
                .body("code", equalTo(0))
                .body("message", equalTo("ok"))
                .body("data", nullValue());
        awaitStatus(run, RunStatus.CANCELED);
        calls.viewer()
                .get("/api/dag/runs/" + run)
                .then()
                .body("data.message", equalTo("dag canceled"))
                .body("data.summary.success", contains("ok"))
                .body("data.summary.canceled", contains("long"))
                .body("data.summary.skipped", contains("after"));
        calls.operator()
                .post("/api/dag/runs/" + run + "/cancel")
                .then()
                .statusCode(409)
                .body("code", equalTo(1004));
        calls.operator()
                .post("/api/dag/runs/" + run + "/retry")
                .then()
                .statusCode(200)
                .body("data.run_id", equalTo(run))
                .body("data.task_ids.logical", contains("long", "after"));
        calls.operator().post("/api/dag/runs/" + run + "/cancel").then().statusCode(200);
        awaitStatus(run, RunStatus.CANCELED);
    }

    @Test
    void what_is_not_there_or_needs_nothing_cannot_be_canceled_or_retried() {
        for (String verb : List.of("cancel", "retry")) {
            calls.operator()
                    .post("/api/dag/runs/unknown/" + verb)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo(1003))
                    .body("data", nullValue());
        }
        String run = rows.run("done", "manual", RunStatus.SUCCESS, 1, 2);
        calls.operator()
                .post("/api/dag/runs/" + run + "/retry")
                .then()
                .statusCode(409)
                .body("code", equalTo(1004))
                .body("message", containsString("nothing to retry"));
        for (String body : List.of("[", "{\"reason\":1}", "{\"reason\":\"" + "x".repeat(2_000) + "\"}")) {
            calls.operator()
                    .body(body)
                    .post("/api/dag/runs/" + run + "/cancel")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo(1002));
        }
    }

    @Test
    void a_client_that_hangs_up_does_not_stop_its_run() throws IOException {
        String name = "left-" + UUID.randomUUID();
        byte[] body =
                "{\"name\":\"%s\",\"tasks\":[{\"id\":\"a\",\"exec_type\":\"Shell\",\"exec_command\":\"sleep 1\"}]}"
                        .formatted(name)
                        .getBytes(StandardCharsets.UTF_8);
        String head =
                "POST /api/dag/run HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
                        .formatted(calls.token(), body.length);
        String run;
        try (Socket socket = new Socket("localhost", RestAssured.port)) {
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            run = Awaitility.await()
                    .atMost(PATIENCE)
                    .until(
                            () -> calls.viewer()
                                    .get("/api/dag/runs?name=" + name)
                                    .path("data.items[0].run_id"),
                            id -> id != null);
        }
        awaitStatus(run, RunStatus.SUCCESS);
        assertThat(status(run)).isEqualTo(RunStatus.SUCCESS.code());
    }
}
