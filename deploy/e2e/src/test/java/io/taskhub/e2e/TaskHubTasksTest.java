package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.contracts.TaskId;
import io.taskhub.e2e.client.PlainTasks;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code /api/tasks} of the TaskHub contract, decisions §1 and §3. */
@EndToEnd
class TaskHubTasksTest {
    static final String[] FIELDS = {
        "id",
        "name",
        "type",
        "status",
        "create_time",
        "update_time",
        "params",
        "exit_code",
        "last_output",
        "last_error",
        "max_retries",
        "retry_count",
        "timeout_sec",
        "cancel_flag"
    };
    private static final String MILLIS = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";

    private final Hub hub;
    private final TaskHubClient admin;
    private final PlainTasks tasks;

    TaskHubTasksTest(Hub hub) {
        this.hub = hub;
        this.admin = hub.admin();
        this.tasks = hub.plain();
    }

    @Test
    void a_command_runs_and_its_output_is_kept() {
        Reply created = admin.post(
                "/api/tasks",
                Map.of("name", "task1", "type", 7, "params", Map.of("cmd", "echo hello; echo oops >&2", "extra", 1)));
        assertThatReply(created).isOk().hasInteger("/data/id");
        long id = created.number("/data/id");

        tasks.awaitStatus(id, "success");

        assertThatReply(admin.get("/api/tasks/" + id))
                .isOk()
                .hasFields("/data", FIELDS)
                .has("/data/id", id)
                .has("/data/name", "task1")
                .has("/data/type", 7)
                .has("/data/exit_code", 0)
                .has("/data/last_output", "hello\n")
                .has("/data/max_retries", 0)
                .has("/data/retry_count", 0)
                .has("/data/timeout_sec", 0)
                .has("/data/cancel_flag", false)
                .has("/data/params/cmd", "echo hello; echo oops >&2")
                .has("/data/params/extra", 1)
                .hasTextMatching("/data/create_time", MILLIS)
                .hasTextMatching("/data/update_time", MILLIS);
    }

    @Test
    void while_it_runs_it_has_neither_exit_code_nor_output() {
        try (Gate gate = Gate.shut()) {
            long id = tasks.run("echo early; " + gate.waits("end"));

            JsonNode running = tasks.awaitStatus(id, "running");

            assertThat(running.path("exit_code").asInt(-99)).isZero();
            assertThat(running.path("last_output").asText("-")).isEmpty();
            assertThat(running.path("last_error").asText("-")).isEmpty();
            gate.open("end");
            assertThat(tasks.awaitEnd(id).path("last_output").asText()).isEqualTo("early\n");
        }
    }

    @Test
    void integers_count_up() {
        long first = tasks.run("true");
        long second = tasks.run("true");

        assertThat(second).isGreaterThan(first);
    }

    @Test
    void without_a_command_it_fails_and_says_so() {
        long empty = tasks.create(Map.of());
        long none = admin.post("/api/tasks", Map.of("name", "no params", "type", 0))
                .expect(200)
                .number("/data/id");

        for (long id : List.of(empty, none)) {
            JsonNode task = tasks.awaitEnd(id);
            assertThat(task.path("status").asText()).isEqualTo("failed");
            assertThat(task.path("last_error").asText()).isEqualTo("missing cmd in params");
        }
    }

    @Test
    void a_command_fails_with_its_own_exit_code() {
        long three = tasks.run("exit 3");
        long killed = tasks.run("kill -9 $$");

        assertThat(tasks.awaitStatus(three, "failed").path("exit_code").asInt()).isEqualTo(3);
        assertThat(tasks.awaitStatus(killed, "failed").path("exit_code").asInt())
                .isEqualTo(128 + 9);
    }

    @Test
    void a_timeout_is_terminal_and_kills_the_process_tree() {
        String marker = "3" + (System.nanoTime() % 1_000_000_000L) + ".5";
        long id = tasks.create(Map.of("cmd", "sleep " + marker + " & wait", "timeout_sec", 1, "max_retries", 2));

        JsonNode task = tasks.awaitEnd(id);

        assertThat(task.path("status").asText()).isEqualTo("timeout");
        assertThat(task.path("last_error").asText()).isEqualTo("Task timeout after 1 seconds");
        assertThat(task.path("exit_code").asInt()).isEqualTo(-1);
        assertThat(task.path("timeout_sec").asInt()).isEqualTo(1);
        assertThat(task.path("max_retries").asInt()).isEqualTo(2);
        assertThat(task.path("retry_count").asInt()).isZero();
        Waiting.await().until(() -> Processes.withArgument(marker).isEmpty());
    }

    @Test
    void a_failure_is_retried_as_often_as_asked() {
        try (Gate gate = Gate.shut()) {
            long failing = tasks.create(Map.of("cmd", gate.leaves("failing") + "exit 1", "max_retries", 1));
            long healing = tasks.create(Map.of(
                    "cmd",
                    "[ -e " + gate.path("healed") + " ] && echo well || { touch " + gate.path("healed") + "; exit 4; }",
                    "max_retries",
                    3));

            JsonNode failed = tasks.awaitStatus(failing, "failed");
            JsonNode healed = tasks.awaitStatus(healing, "success");

            assertThat(gate.count("failing")).isEqualTo(2);
            assertThat(failed.path("retry_count").asInt()).isEqualTo(1);
            assertThat(failed.path("max_retries").asInt()).isEqualTo(1);
            assertThat(healed.path("retry_count").asInt()).isEqualTo(1);
            assertThat(healed.path("exit_code").asInt()).isZero();
            assertThat(healed.path("last_output").asText()).isEqualTo("well\n");
        }
    }

    @Test
    void a_task_that_waits_for_its_retry_is_pending_and_can_be_cancelled() {
        try (Gate gate = Gate.shut()) {
            long id = tasks.create(Map.of("cmd", gate.leaves("run") + "exit 1", "max_retries", 10));
            Waiting.await().until(() -> tasks.get(id).path("retry_count").asInt() >= 2 || gate.count("run") >= 2);
            Waiting.await().until(() -> tasks.get(id).path("status").asText().equals("pending"));

            assertThatReply(admin.post("/api/tasks/" + id + "/cancel")).isOk().has("/data", null);

            tasks.awaitStatus(id, "canceled");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"type\":0}", "{\"name\":\"\",\"type\":0}", "{\"name\":null,\"type\":0}"})
    void a_missing_name_is_1001(String body) {
        assertThatReply(admin.post("/api/tasks", body)).isTaskHubError(400, 1001);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "\"text\"",
                "{\"name\":5,\"type\":0}",
                "{\"name\":\"x\",\"type\":\"zero\"}",
                "{\"name\":\"x\",\"type\":0,\"params\":[]}",
                "{\"name\":\"x\",\"type\":0,\"params\":\"cmd\"}",
                "{\"name\":\"x\",\"type\":0,\"params\":{\"cmd\":\"true\",\"timeout_sec\":\"soon\"}}",
                "{\"name\":\"x\",\"type\":0,\"params\":{\"cmd\":\"true\",\"max_retries\":{}}}"
            })
    void a_wrong_type_is_1002(String body) {
        assertThatReply(admin.post("/api/tasks", body)).isTaskHubError(400, 1002);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "2147483647",
                "99999999999999999999",
                "abc",
                "00000000-0000-7000-8000-000000000000",
                "tsk_00000000000000000000000000"
            })
    void an_unknown_task_is_not_found(String id) {
        assertThatReply(admin.post("/api/tasks/" + id + "/cancel"))
                .hasStatus(404)
                .has("/code", 1003);
        if (!id.startsWith("tsk_")) {
            assertThatReply(admin.get("/api/tasks/" + id))
                    .hasStatus(404)
                    .has("/code", 404)
                    .has("/message", "Task not found");
        }
    }

    @Test
    void every_spelling_finds_the_task() {
        long id = tasks.run("true");
        TaskId task = TaskId.parse(tasks.tsk(id)).orElseThrow();
        tasks.awaitEnd(id);

        for (String spelling : List.of(Long.toString(id), task.toString(), task.job())) {
            assertThatReply(admin.get("/api/tasks/" + spelling)).isOk().has("/data/id", id);
        }
        assertThatReply(admin.post("/api/tasks/" + task.tsk() + "/cancel")).isTaskHubError(409, 1004);
        assertThat(admin.get("/api/v1/tasks/" + id).expect(200).text("/id")).isEqualTo(task.toString());
    }

    @Test
    void cancel_stops_a_running_task_and_everything_it_started() {
        String marker = "4" + (System.nanoTime() % 1_000_000_000L) + ".5";
        long id = tasks.run("echo begun; sleep " + marker + " & wait");
        Waiting.await().until(() -> !Processes.withArgument(marker).isEmpty());

        assertThatReply(admin.post("/api/tasks/" + id + "/cancel")).isOk().has("/data", null);

        JsonNode task = tasks.awaitStatus(id, "canceled");
        assertThat(task.path("exit_code").asInt()).isEqualTo(-1);
        assertThat(task.path("cancel_flag").asBoolean()).isTrue();
        assertThat(task.path("last_output").asText()).as("output is kept").isEqualTo("begun\n");
        Waiting.await().until(() -> Processes.withArgument(marker).isEmpty());
    }

    @Test
    void a_success_after_an_accepted_cancel_is_still_cancelled() {
        long id = tasks.run("trap 'echo survived; exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        tasks.awaitStatus(id, "running");
        Waiting.await().until(() -> !hub.admin()
                .get("/api/tasks/logs?task_id=" + id)
                .expect(200)
                .at("/data/records")
                .isEmpty());

        assertThatReply(admin.post("/api/tasks/" + id + "/cancel")).isOk();

        assertThat(tasks.awaitEnd(id).path("status").asText()).isEqualTo("canceled");
    }

    @Test
    void a_finished_task_cannot_be_cancelled() {
        long id = tasks.run("true");
        tasks.awaitEnd(id);

        assertThatReply(admin.post("/api/tasks/" + id + "/cancel")).isTaskHubError(409, 1004);
    }

    @Test
    void a_command_sees_none_of_our_secrets_and_an_empty_directory() {
        long id = tasks.run("env; echo \"files=$(ls -A | wc -l)\"");

        String output = tasks.awaitStatus(id, "success").path("last_output").asText();

        assertThat(output).contains("files=0", "TASKHUB_TASK_ID=" + id, "TASKHUB_ATTEMPT=1");
        assertThat(output).doesNotContainIgnoringCase("password", "secret", "jdbc", "quarkus", "kafka", "_url");
    }

    @Test
    void output_keeps_its_first_mebibyte() {
        long id = tasks.run("head -c 1500000 /dev/zero | tr '\\0' 'a'; exit 0");

        String output = tasks.awaitStatus(id, "success").path("last_output").asText();

        assertThat(output.length()).isBetween(1_000_000, 1_048_576 + 200);
    }

    @Test
    void any_text_survives_the_way() {
        String strange = "ä€😀 \"quotes\" \\back\\ \t tab 任务";
        long id = tasks.create(Map.of("cmd", "cat <<'EOF'\n" + strange + "\nEOF"));

        assertThat(tasks.awaitStatus(id, "success").path("last_output").asText())
                .isEqualTo(strange + "\n");
    }
}
