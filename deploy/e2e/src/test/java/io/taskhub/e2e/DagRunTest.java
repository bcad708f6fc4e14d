package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.HttpWorker.Answer;
import io.taskhub.e2e.client.Dag;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/dag/run} and {@code run_async}: what a run does and what it answers. */
@EndToEnd
class DagRunTest {
    private final TaskHubClient admin;
    private final Dags dags;

    DagRunTest(Hub hub) {
        this.admin = hub.admin();
        this.dags = hub.dags();
    }

    private static Dag dag() {
        return Dag.named(Names.unique("dag"));
    }

    @Test
    void the_contracts_own_example_runs() {
        Reply reply = admin.post("/api/dag/run", """
                {"name":"workflow-1","config":{"name":"workflow-1","fail_policy":"SkipDownstream","max_parallel":4},
                 "tasks":[{"id":"a","name":"step-a","exec_type":"Local","exec_command":"echo a","deps":["b"]},
                          {"id":"b","name":"step-b","exec_type":"Local","exec_command":"echo b"}]}""");

        assertThatReply(reply)
                .hasStatus(200)
                .has("/ok", true)
                .has("/message", "")
                .hasTextMatching("/run_id", "\\d{13}_[A-Za-z0-9]{6}")
                .has("/summary/total", 2);
        assertThat(reply.at("/nodes")).hasSize(2);
        assertThat(Dags.summary(reply, "success")).containsExactlyInAnyOrder("a", "b");
        assertThat(Dags.summary(reply, "failed")).isEmpty();
        assertThat(Dags.summary(reply, "skipped")).isEmpty();
        for (JsonNode node : reply.at("/nodes")) {
            assertThat(node.path("run_id").asText()).isEqualTo(reply.text("/run_id"));
            assertThat(node.path("result").fieldNames())
                    .toIterable()
                    .contains(
                            "status",
                            "message",
                            "exit_code",
                            "duration_ms",
                            "stdout",
                            "stderr",
                            "attempt",
                            "max_attempts",
                            "metadata");
        }
        assertThat(Dags.result(reply, "a").path("stdout").asText()).isEqualTo("a\n");
        JsonNode row = dags.get(reply.text("/run_id"));
        assertThat(row.path("name").asText()).isEqualTo("workflow-1");
        assertThat(row.path("source").asText()).isEqualTo("manual");
        assertThat(row.path("status").asInt()).isEqualTo(Dags.SUCCESS);
        assertThat(row.path("success_count").asInt()).isEqualTo(2);
    }

    @Test
    void a_single_task_object_is_a_dag_too() {
        Reply reply = admin.post(
                "/api/dag/run",
                Map.of("task", Map.of("id", "only", "exec_type", "Shell", "exec_command", "echo one; exit 0")));

        assertThatReply(reply).hasStatus(200).has("/summary/total", 1);
        assertThat(Dags.result(reply, "only").path("stdout").asText()).isEqualTo("one\n");
    }

    @Test
    void run_async_answers_at_once_with_the_ids() {
        try (Gate gate = Gate.shut()) {
            Reply reply = admin.post(
                    "/api/dag/run_async",
                    dag().shell("a", gate.waits("go")).noop("b", "a").body());

            assertThatReply(reply)
                    .isOk()
                    .has("/data/task_ids/0/logical", "a")
                    .has("/data/task_ids/0/task_id", "a")
                    .has("/data/task_ids/1/logical", "b");
            String run = reply.text("/data/run_id");
            assertThat(dags.get(run).path("status").asInt()).isEqualTo(Dags.RUNNING);
            assertThat(dags.get(run).path("end_ts_ms").asLong()).isZero();
            gate.open("go");
            assertThat(dags.awaitEnd(run).path("status").asInt()).isEqualTo(Dags.SUCCESS);
        }
    }

    @Test
    void a_diamond_whose_one_side_fails_skips_what_is_below_and_reports_all_four() {
        Reply reply = dags.run(dag().with("fail_policy", "SkipDownstream")
                .shell("A", "echo a")
                .shell("B", "echo b", "A")
                .shell("C", "echo c; exit 3", "A")
                .shell("D", "echo d", "B", "C"));

        assertThatReply(reply).has("/ok", true).has("/message", "dag failed").has("/summary/total", 4);
        assertThat(Dags.summary(reply, "success")).containsExactlyInAnyOrder("A", "B");
        assertThat(Dags.summary(reply, "failed")).containsExactly("C");
        assertThat(Dags.summary(reply, "skipped")).containsExactly("D");
        assertThat(reply.at("/nodes")).hasSize(4);
        assertThat(Dags.result(reply, "A").path("status").asInt()).isEqualTo(Dags.Node.SUCCESS);
        assertThat(Dags.result(reply, "C").path("status").asInt()).isEqualTo(Dags.Node.FAILED);
        assertThat(Dags.result(reply, "C").path("exit_code").asInt()).isEqualTo(3);
        assertThat(Dags.result(reply, "C").path("stdout").asText()).isEqualTo("c\n");
        assertThat(Dags.result(reply, "D").path("status").asInt()).isEqualTo(Dags.Node.SKIPPED);
        JsonNode row = dags.get(reply.text("/run_id"));
        assertThat(row.path("status").asInt()).isEqualTo(Dags.FAILED);
        assertThat(row.path("message").asText()).isEqualTo("dag failed");
        assertThat(List.of(
                        row.path("total").asInt(),
                        row.path("success_count").asInt(),
                        row.path("failed_count").asInt(),
                        row.path("skipped_count").asInt()))
                .containsExactly(4, 2, 1, 1);
    }

    @Test
    void fail_fast_lets_running_nodes_end_and_starts_nothing_new() {
        try (Gate gate = Gate.shut()) {
            String run = dags.start(dag().with("fail_policy", "FailFast")
                    .shell("bad", gate.waits("fail") + "exit 1")
                    .shell("long", gate.leaves("long") + gate.waits("end") + "echo ended")
                    .shell("after", gate.leaves("after"), "long"));
            Waiting.await().until(() -> gate.has("long"));
            gate.open("fail");
            Waiting.await().until(() -> dags.node(run, "bad").path("status").asInt() == Dags.Node.FAILED);
            gate.open("end");

            dags.awaitEnd(run);

            assertThat(dags.node(run, "long").path("status").asInt()).isEqualTo(Dags.Node.SUCCESS);
            assertThat(dags.node(run, "long").path("stdout").asText()).isEqualTo("ended\n");
            assertThat(dags.node(run, "after").path("status").asInt()).isEqualTo(Dags.Node.SKIPPED);
            assertThat(gate.has("after")).isFalse();
        }
    }

    @Test
    void a_timeout_is_terminal_although_retries_are_left() {
        Reply reply = dags.run(dag().node("slow", "Shell", "sleep 60", Map.of("timeout_ms", 1_000, "retry_count", 3))
                .noop("below", "slow"));

        JsonNode slow = Dags.result(reply, "slow");
        assertThat(slow.path("status").asInt()).isEqualTo(Dags.Node.TIMEOUT);
        assertThat(slow.path("message").asText()).isEqualTo("Task timeout after 1 seconds");
        assertThat(slow.path("attempt").asInt()).isEqualTo(1);
        assertThat(slow.path("max_attempts").asInt()).isEqualTo(4);
        assertThat(Dags.summary(reply, "failed")).containsExactly("slow");
        assertThat(Dags.summary(reply, "skipped")).containsExactly("below");
    }

    @Test
    void a_node_is_tried_again_as_often_as_it_says() {
        try (Gate gate = Gate.shut()) {
            Reply reply = dags.run(dag().node(
                            "flaky",
                            "Shell",
                            gate.leaves("tries") + "[ $(wc -l < '" + gate.path("tries") + "') -ge 3 ]",
                            Map.of("retry_count", 4, "retry_delay_ms", 50, "retry_exp_backoff", false)));

            assertThat(Dags.result(reply, "flaky").path("attempt").asInt()).isEqualTo(3);
            assertThat(Dags.result(reply, "flaky").path("max_attempts").asInt()).isEqualTo(5);
            assertThat(gate.count("tries")).isEqualTo(3);
        }
    }

    @Test
    void every_exec_type_is_a_node() {
        String queue = Names.unique("dag-remote");
        try (HttpWorker server = HttpWorker.answering(call -> call.path().equals("/api/worker/execute")
                ? Answer.json(Map.of(
                        "status",
                        2,
                        "message",
                        "",
                        "exit_code",
                        0,
                        "duration_ms",
                        1,
                        "stdout",
                        "from afar",
                        "stderr",
                        "",
                        "attempt",
                        1,
                        "max_attempts",
                        1,
                        "metadata",
                        Map.of()))
                : new Answer(200, "pong"))) {
            admin.post(
                            "/api/workers/register",
                            Map.of("id", queue, "host", "127.0.0.1", "port", server.port(), "queues", List.of(queue)))
                    .expect(200);
            Reply reply =
                    dags.run(dag().node("local", "Local", "math_add", Map.of("exec_params", Map.of("a", 2, "b", 3)))
                            .node("script", "Script", "echo script", Map.of())
                            .node("http", "HttpCall", server.url("/ping"), Map.of())
                            .node("remote", "Remote", "echo x", Map.of("queue", queue)));

            assertThatReply(reply).has("/message", "").has("/summary/total", 4);
            assertThat(Dags.result(reply, "local").path("stdout").asText()).startsWith("5");
            assertThat(Dags.result(reply, "script").path("stdout").asText()).isEqualTo("script\n");
            assertThat(Dags.result(reply, "http").path("stdout").asText()).isEqualTo("pong");
            assertThat(Dags.result(reply, "remote").path("stdout").asText()).isEqualTo("from afar");
            assertThat(dags.story(reply.text("/run_id"), "remote"))
                    .containsSubsequence("attempt_start", "remote_dispatch", "attempt_end");
        }
    }

    @Test
    void what_a_node_left_is_one_word_of_the_next_ones_command_whatever_is_in_it() {
        String nasty = "it's \"x\"; $(touch /tmp/never-e2e) `id` && rm -rf \\\nsecond line";
        String param = nasty + " {{nodes.a.stderr}}";
        String shown = "printf '%s|' {{nodes.a.stdout}} \"p={{run.params.p}}\" '{{nodes.a.exit_code}}' {{other.x}}";

        Reply reply = dags.run(dag().field("params", Map.of("p", param))
                .node("a", "Local", "echo", Map.of("exec_params", Map.of("message", nasty)))
                .shell("b", shown, "a"));

        String echoed = Dags.result(reply, "a").path("stdout").asText();
        assertThat(echoed).startsWith(nasty);
        assertThat(Dags.result(reply, "b").path("stdout").asText())
                .isEqualTo(echoed + "|p=" + param + "|0|{{other.x}}|");
    }

    @Test
    void a_node_may_run_because_another_failed() {
        Reply reply = dags.run(dag().shell("a", "exit 2")
                .node("cleanup", "Shell", "echo was {{nodes.a.exit_code}}", Map.of("run_if", "failed"), "a")
                .node("finally", "Shell", "echo always", Map.of("run_if", "always"), "a")
                .noop("never", "a"));

        assertThat(Dags.summary(reply, "success")).containsExactlyInAnyOrder("cleanup", "finally");
        assertThat(Dags.summary(reply, "skipped")).containsExactly("never");
        assertThat(Dags.result(reply, "cleanup").path("stdout").asText()).isEqualTo("was 2\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"tasks":[{"id":"a","deps":["b"]},{"id":"b","deps":["a"]}]}                  | a
            {"tasks":[{"id":"a","deps":["a"]}]}                                          | a
            {"tasks":[{"id":"a","deps":["ghost"]}]}                                      | ghost
            {"tasks":[{"id":"twin"},{"id":"twin"}]}                                      | twin
            {"tasks":[{"id":""}]}                                                        | id
            {"tasks":[{"id":"a","exec_type":"Telepathy"}]}                               | HttpCall
            {"config":{"fail_policy":"Shrug"},"tasks":[{"id":"a"}]}                      | SkipDownstream
            """)
    void what_cannot_be_run_is_500_and_says_why(String body, String named) {
        assertThatReply(admin.post("/api/dag/run", body))
                .hasStatus(500)
                .has("/ok", false)
                .hasTextMatching("/error", "(?s).*" + named + ".*");
        assertThatReply(admin.post("/api/dag/run_async", body))
                .hasStatus(500)
                .has("/ok", false)
                .has("/code", 500)
                .hasTextMatching("/error", "(?s).*" + named + ".*")
                .hasTextMatching("/message", "(?s).*" + named + ".*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"tasks\":{}}", "{\"tasks\":\"a\"}", "{\"name\":\"x\"}"})
    void run_async_wants_an_array_of_tasks(String body) {
        assertThatReply(admin.post("/api/dag/run_async", body))
                .hasStatus(400)
                .has("/error", "tasks must be array")
                .has("/code", 400)
                .has("/data", null);
    }

    @Test
    void ten_thousand_and_one_nodes_are_too_many_and_a_broken_body_is_1002() {
        Dag dag = dag();
        for (int i = 0; i < 10_001; i++) {
            dag.noop("n" + i);
        }
        assertThatReply(admin.post("/api/dag/run_async", dag.body()))
                .hasStatus(500)
                .hasTextMatching("/error", "(?s).*10000.*|(?s).*10,000.*");
        assertThatReply(admin.post("/api/dag/run_async", "{")).isTaskHubError(400, 1002);
    }
}
