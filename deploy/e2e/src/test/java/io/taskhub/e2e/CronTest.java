package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.CronJobs;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import io.taskhub.e2e.client.Waiting;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cron jobs as their clients make them; {@link CronClusterTest} lets them fire. */
@EndToEnd
class CronTest {
    private final TaskHubClient admin;
    private final CronJobs cron;
    private final Dags dags;
    private final String name = Names.unique("job");

    CronTest(Hub hub) {
        this.admin = hub.admin();
        this.cron = hub.cron();
        this.dags = hub.dags();
    }

    @Test
    void the_contracts_single_task_example_works_as_pasted() {
        Reply reply = admin.post("/api/cron/jobs", """
                {"name":"%s","spec":"*/1 * * * *","target_type":"SingleTask",
                 "task":{"id":"task","name":"n","exec_type":"Local","exec_command":"echo hi",
                         "timeout_ms":0,"retry_count":0,"priority":"Normal"}}""".formatted(name));

        assertThatReply(reply).hasStatus(200).has("/ok", true).hasTextMatching("/job_id", "job_\\d+");
        JsonNode row = cron.get(reply.text("/job_id"));
        assertThat(row.path("name").asText()).isEqualTo(name);
        assertThat(row.path("spec").asText()).isEqualTo("*/1 * * * *");
        assertThat(row.path("enabled").asBoolean()).isTrue();
        assertThat(row.path("target_type").asText()).isEqualTo("SingleTask");
        assertThat(row.path("next_time_epoch").asLong() % 60).isZero();
        assertThat(row.path("summary").path("exec_type").asText()).isEqualTo("Local");
        assertThat(row.path("summary").path("exec_command").asText()).isEqualTo("echo hi");
        assertThatReply(admin.delete("/api/cron/jobs/" + reply.text("/job_id")))
                .hasStatus(200)
                .has("/ok", true);
        assertThatReply(admin.delete("/api/cron/jobs/" + reply.text("/job_id"))).isNotOk(404);
    }

    @Test
    void the_contracts_dag_example_runs_now_as_a_dag_run() {
        String job = cron.create("""
                {"name":"%s","spec":"0 0 1 1 *","target_type":"Dag",
                 "dag":{"config":{"fail_policy":"SkipDownstream","max_parallel":4},
                        "tasks":[{"id":"a","deps":["b"],"name":"a","timeout_ms":0,"retry_count":0,"retryDelay":1000,
                                  "exec_type":"Local","exec_command":"echo a"},
                                 {"id":"b","name":"b","exec_type":"Local","exec_command":"echo b"}]}}""".formatted(name));

        Reply now = admin.post("/api/cron/jobs/" + job + "/run");

        assertThatReply(now).has("/ok", true).has("/fire/kind", "run");
        JsonNode run = dags.awaitEnd(now.text("/fire/started_id"));
        assertThat(run.path("status").asInt()).isEqualTo(Dags.SUCCESS);
        assertThat(run.path("source").asText()).isEqualTo("cron");
        assertThat(run.path("name").asText()).isEqualTo(name);
        assertThat(cron.created(job)).hasSize(1);
        cron.delete(job);
    }

    @Test
    void a_template_is_a_target_too_and_is_checked() {
        String template = Names.unique("t");
        admin.post(
                        "/template",
                        Map.of(
                                "template_id",
                                template,
                                "name",
                                "n",
                                "task_json_template",
                                Map.of("tasks", java.util.List.of(Map.of("id", "x", "exec_command", "echo {{w}}"))),
                                "schema",
                                Map.of()))
                .expect(200);
        Map<String, Object> good = Map.of("template_id", template, "params", Map.of("w", "v"));
        String job =
                cron.create(Map.of("name", name, "spec", "0 0 1 1 *", "target_type", "Template", "template", good));

        Reply now = admin.post("/api/cron/jobs/" + job + "/run");

        dags.awaitEnd(now.text("/fire/started_id"));
        assertThat(dags.node(now.text("/fire/started_id"), "x").path("stdout").asText())
                .isEqualTo("v\n");
        assertThatReply(admin.post(
                        "/api/cron/jobs",
                        Map.of(
                                "name",
                                name,
                                "spec",
                                "* * * * *",
                                "target_type",
                                "Template",
                                "template",
                                Map.of("template_id", template))))
                .hasStatus(400)
                .hasTextMatching("/message", ".*missing param: w.*|.*w: required.*");
        cron.delete(job);
    }

    @Test
    void a_task_that_was_started_now_can_be_followed_by_its_id() {
        String job = cron.create(Map.of(
                "name", name, "spec", "0 0 1 1 *", "task", Map.of("exec_type", "Shell", "exec_command", "echo now")));

        Reply now = admin.post("/api/cron/jobs/" + job + "/run");

        assertThatReply(now).has("/ok", true).has("/fire/kind", "task");
        String task = now.text("/fire/started_id");
        Waiting.await().until(() -> admin.get("/api/tasks/" + task)
                .expect(200)
                .text("/data/status")
                .equals("success"));
        assertThat(admin.get("/api/tasks/logs?task_id=" + task).expect(200).body())
                .contains(job);
        cron.delete(job);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"j","spec":"61 * * * *","task":{"exec_command":"true"}}                                       | minute
            {"name":"j","spec":"* * * *","task":{"exec_command":"true"}}                                          | five
            {"name":"j","spec":"* * * * * *","task":{"exec_command":"true"}}                                      | five
            {"name":"j","spec":"* * 32 * *","task":{"exec_command":"true"}}                                       | day
            {"spec":"* * * * *","task":{"exec_command":"true"}}                                                   | name/spec is required
            {"name":"j","spec":"* * * * *"}                                                                       | SingleTask requires 'task' field
            {"name":"j","spec":"* * * * *","target_type":"Dag"}                                                   | Dag requires 'dag' object
            {"name":"j","spec":"* * * * *","target_type":"Dag","dag":{"tasks":[]}}                                | Dag tasks is empty
            {"name":"j","spec":"* * * * *","target_type":"Dag","dag":{"tasks":[{"id":"a","deps":["a"]}]}}         | a
            {"name":"j","spec":"* * * * *","target_type":"Template","template":{"template_id":"nobody"}}          | template not found
            {"name":"j","spec":"* * * * *","timezone":"Mars/Base","task":{"exec_command":"true"}}                 | timezone
            """)
    void what_cannot_fire_is_400_and_says_which_field_and_why(String body, String named) {
        assertThatReply(admin.post("/api/cron/jobs", body.strip()))
                .hasStatus(400)
                .has("/ok", false)
                .hasTextMatching("/message", "(?is).*" + named + ".*");
    }

    @Test
    void a_delete_without_an_id_is_400() {
        assertThatReply(admin.delete("/api/cron/jobs/")).hasStatus(400).has("/message", "missing job id");
    }
}
