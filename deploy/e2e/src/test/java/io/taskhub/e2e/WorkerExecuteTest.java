package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskhub.e2e.HttpWorker.Answer;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/worker/execute}: one task, at once, for every {@code exec_type}. */
@EndToEnd
class WorkerExecuteTest {
    private static final int SUCCESS = 2;
    private static final int FAILED = 3;
    private static final int TIMEOUT = 6;
    private final TaskHubClient admin;

    WorkerExecuteTest(Hub hub) {
        this.admin = hub.admin();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Shell", "shell", "SHELL", "Script", "script"})
    void shell_and_script_run_a_command(String execType) {
        Reply reply = execute(execType, "echo out; echo err >&2", Map.of());

        assertThatReply(reply)
                .hasStatus(200)
                .has("/status", SUCCESS)
                .has("/exit_code", 0)
                .has("/stdout", "out\n")
                .has("/stderr", "err\n")
                .has("/attempt", 1)
                .has("/max_attempts", 1)
                .hasInteger("/duration_ms");
        assertThat(reply.at("/message").isTextual()).isTrue();
        assertThat(reply.at("/metadata").isObject()).isTrue();
    }

    @Test
    void a_failing_command_is_an_answer_not_an_error() {
        assertThatReply(execute("Shell", "echo so far; exit 9", Map.of()))
                .hasStatus(200)
                .has("/status", FAILED)
                .has("/exit_code", 9)
                .has("/stdout", "so far\n")
                .hasTextMatching("/message", ".+");
    }

    @ParameterizedTest
    @CsvSource({"math_add, 6, 3, 9", "math_sub, 6, 3, 3", "math_mul, 6, 3, 18", "math_div, 6, 3, 2"})
    void built_in_arithmetic_writes_to_stdout(String handler, int a, int b, String result) {
        Reply reply = execute("Local", handler, Map.of("a", a, "b", b));

        assertThatReply(reply).hasStatus(200).has("/status", SUCCESS);
        assertThat(Double.parseDouble(reply.text("/stdout").strip())).isEqualTo(Double.parseDouble(result));
    }

    @Test
    void division_by_zero_fails() {
        assertThatReply(execute("Local", "math_div", Map.of("a", 1, "b", 0)))
                .hasStatus(200)
                .has("/status", FAILED);
    }

    @Test
    void built_ins_echo_sleep_noop_and_fail() {
        assertThat(execute("Local", "echo", Map.of("message", "hi there"))
                        .text("/stdout")
                        .strip())
                .isEqualTo("hi there");
        assertThatReply(execute("Local", "noop", Map.of())).hasStatus(200).has("/status", SUCCESS);
        Reply slept = execute("Local", "sleep", Map.of("ms", 300));
        assertThatReply(slept).hasStatus(200).has("/status", SUCCESS);
        assertThat(slept.number("/duration_ms")).isGreaterThanOrEqualTo(290);
        assertThatReply(execute("Local", "fail", Map.of("message", "as asked")))
                .hasStatus(200)
                .has("/status", FAILED)
                .has("/exit_code", 1)
                .has("/message", "as asked");
        assertThatReply(execute("Local", "fail", Map.of("message", "x", "exit_code", 17)))
                .has("/status", FAILED)
                .has("/exit_code", 17);
    }

    @Test
    void local_takes_the_handler_from_the_id_when_there_is_no_command() {
        Map<String, Object> task =
                Map.of("id", "echo", "name", "by id", "exec_type", "Local", "exec_params", Map.of("message", "by id"));

        assertThat(admin.post("/api/worker/execute", task)
                        .expect(200)
                        .text("/stdout")
                        .strip())
                .isEqualTo("by id");
    }

    @Test
    void local_without_such_a_handler_runs_the_command_as_shell() {
        assertThatReply(execute("Local", "echo $((40 + 2))", Map.of()))
                .hasStatus(200)
                .has("/status", SUCCESS)
                .has("/stdout", "42\n");
    }

    @Test
    void local_without_handler_and_command_fails() {
        assertThatReply(admin.post("/api/worker/execute", Map.of("id", Names.unique("nothing"), "exec_type", "Local")))
                .hasStatus(200)
                .has("/status", FAILED)
                .hasTextMatching("/message", ".+");
    }

    @Test
    void no_exec_type_is_local() {
        assertThatReply(admin.post("/api/worker/execute", Map.of("id", "noop")))
                .hasStatus(200)
                .has("/status", SUCCESS);
    }

    @Test
    void the_body_may_wrap_its_object() {
        Map<String, Object> task = Map.of("id", "t", "exec_type", "Shell", "exec_command", "echo wrapped");

        assertThatReply(admin.post("/api/worker/execute", Map.of("task", task)))
                .hasStatus(200)
                .has("/stdout", "wrapped\n");
    }

    @Test
    void remote_is_refused() {
        assertThatReply(execute("Remote", "true", Map.of("queue", "default"))).isNotOk(400);
        assertThatReply(execute("remote", "true", Map.of())).isNotOk(400);
    }

    @Test
    void an_unknown_exec_type_is_told_the_allowed_ones() {
        Reply reply = execute("Telepathy", "true", Map.of());

        assertThatReply(reply).isNotOk(400);
        assertThat(reply.text("/message")).contains("Local", "Remote", "Script", "HttpCall", "Shell");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "\"text\"", "{\"id\":\"t\",\"exec_type\":5}", "{\"exec_params\":[]}"})
    void what_is_no_task_is_400(String body) {
        assertThatReply(admin.post("/api/worker/execute", body)).isNotOk(400);
    }

    @Test
    void a_timeout_is_status_6_and_kills_the_tree() {
        String marker = "5" + (System.nanoTime() % 1_000_000_000L) + ".5";
        Map<String, Object> task = task("Shell", "sleep " + marker + " & wait", Map.of());
        task.put("timeout_ms", 1_000);

        Reply reply = admin.post("/api/worker/execute", task);

        assertThatReply(reply).hasStatus(200).has("/status", TIMEOUT).has("/exit_code", -1);
        Waiting.await().until(() -> Processes.withArgument(marker).isEmpty());
    }

    @Test
    void retries_are_counted() {
        try (Gate gate = Gate.shut()) {
            Map<String, Object> task = task("Shell", gate.leaves("run") + "exit 1", Map.of());
            task.put("retry_count", 2);
            task.put("retry_delay_ms", 50);

            Reply reply = admin.post("/api/worker/execute", task);

            assertThatReply(reply)
                    .hasStatus(200)
                    .has("/status", FAILED)
                    .has("/attempt", 3)
                    .has("/max_attempts", 3);
            assertThat(gate.count("run")).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HttpCall", "httpcall", "http", "http_call"})
    void http_calls_go_out_with_method_headers_and_body(String execType) {
        try (HttpWorker server = HttpWorker.answering(call -> new Answer(201, "made"))) {
            Reply reply = execute(
                    execType,
                    server.url("/hook"),
                    Map.of("method", "PUT", "header.X-Colour", "blue", "body", Map.of("n", 1)));

            assertThatReply(reply).hasStatus(200).has("/status", SUCCESS).has("/stdout", "made");
            HttpWorker.Call call = server.calls("/hook").getFirst();
            assertThat(call.method()).isEqualTo("PUT");
            assertThat(call.headers().getFirst("X-Colour")).isEqualTo("blue");
            assertThat(call.body())
                    .as("values that are not strings are stringified as JSON")
                    .isEqualTo("{\"n\":1}");
            assertThat(call.headers().getFirst("Authorization")).isNull();
        }
    }

    @Test
    void an_http_call_takes_its_url_from_the_params_too_and_needs_a_2xx() {
        try (HttpWorker server = HttpWorker.answering(call -> new Answer(503, "later"))) {
            Map<String, Object> task =
                    Map.of("id", "t", "exec_type", "HttpCall", "exec_params", Map.of("url", server.url("/busy")));

            assertThatReply(admin.post("/api/worker/execute", task))
                    .hasStatus(200)
                    .has("/status", FAILED)
                    .hasTextMatching("/message", ".*503.*");
            assertThat(server.calls("/busy").getFirst().method()).isEqualTo("GET");
        }
    }

    @Test
    void an_http_call_to_nobody_fails() {
        assertThatReply(execute("HttpCall", "http://127.0.0.1:1/", Map.of()))
                .hasStatus(200)
                .has("/status", FAILED);
    }

    private Reply execute(String execType, String command, Map<String, ?> params) {
        return admin.post("/api/worker/execute", task(execType, command, params));
    }

    private static Map<String, Object> task(String execType, String command, Map<String, ?> params) {
        Map<String, Object> task = new HashMap<>();
        task.put("id", "t");
        task.put("name", "e2e");
        task.put("exec_type", execType);
        task.put("exec_command", command);
        task.put("exec_params", params);
        return task;
    }
}
