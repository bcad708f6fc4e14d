package io.taskhub.e2e;

import static io.taskhub.e2e.client.ReplyAssert.assertThatReply;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.taskhub.e2e.client.Dags;
import io.taskhub.e2e.client.Reply;
import io.taskhub.e2e.client.TaskHubClient;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** Templates, from their creation to the runs that they become. */
@EndToEnd
class TemplateTest {
    private final TaskHubClient admin;
    private final Dags dags;
    private final String id = Names.unique("t");

    TemplateTest(Hub hub) {
        this.admin = hub.admin();
        this.dags = hub.dags();
    }

    /** Two nodes; {@code who} is a text, {@code times} a number that stands as it is. */
    private String body() {
        return """
                {"template_id":"%s","name":"greeting","description":"says hello",
                 "task_json_template":{"name":"greet {{who}}","config":{"fail_policy":"SkipDownstream","max_parallel":4},
                   "tasks":[{"id":"a","exec_type":"Local","exec_command":"echo","exec_params":{"message":"hello {{who}}"},
                             "retry_count":{"$param":"times"}},
                            {"id":"b","deps":["a"],"exec_type":"Shell","exec_command":"printf %%s {{nodes.a.stdout}}"}]},
                 "schema":{"params":[{"name":"who","type":"string","required":true},
                                     {"name":"times","type":"int","required":false,"defaultValue":2}]}}""".formatted(id);
    }

    private void create() {
        assertThatReply(admin.post("/template", body()))
                .hasStatus(200)
                .has("/ok", true)
                .has("/template_id", id);
    }

    private Map<String, Object> with(Map<String, Object> params) {
        return Map.of("template_id", id, "params", params);
    }

    @Test
    void the_contracts_own_calls_work_as_pasted() {
        assertThatReply(admin.post(
                        "/template",
                        "{\"template_id\":\"" + id + "\",\"name\":\"n\",\"description\":\"d\","
                                + "\"task_json_template\":{\"tasks\":[{\"id\":\"a\",\"exec_command\":\"echo {{x}}\"}]},"
                                + "\"schema\":{}}"))
                .hasStatus(200)
                .has("/ok", true)
                .has("/template_id", id);
        assertThatReply(admin.get("/template/" + id))
                .hasStatus(200)
                .has("/ok", true)
                .has("/data/template_id", id)
                .has("/data/name", "n")
                .has("/data/task_json_template/tasks/0/id", "a");
        assertThat(StreamSupport.stream(
                        admin.get("/templates").expect(200).at("/data").spliterator(), false))
                .extracting(template -> template.path("template_id").asText())
                .contains(id);
        assertThatReply(admin.post("/template/render", with(Map.of("x", "1"))))
                .hasStatus(200)
                .has("/ok", true)
                .has("/data/ok", true)
                .has("/data/error", "")
                .has("/data/rendered/tasks/0/exec_command", "echo 1");
        assertThatReply(admin.delete("/template/" + id)).hasStatus(200).has("/ok", true);
        assertThatReply(admin.get("/template/" + id)).isNotOk(404);
        assertThatReply(admin.delete("/template/" + id)).isNotOk(404);
    }

    @Test
    void a_run_of_it_is_a_dag_run_like_any_other() {
        create();

        Reply reply = admin.post("/template/run", with(Map.of("who", "Ada")));

        assertThatReply(reply)
                .hasStatus(200)
                .has("/ok", true)
                .has("/message", "")
                .has("/summary/total", 2);
        assertThat(Dags.result(reply, "a").path("stdout").asText()).startsWith("hello Ada");
        assertThat(Dags.result(reply, "a").path("max_attempts").asInt()).isEqualTo(3);
        assertThat(Dags.result(reply, "b").path("stdout").asText())
                .isEqualTo(Dags.result(reply, "a").path("stdout").asText());
        JsonNode run = dags.get(reply.text("/run_id"));
        assertThat(run.path("source").asText()).isEqualTo("template");
        assertThat(run.path("name").asText()).isEqualTo("greet Ada");
        assertThat(dags.story(reply.text("/run_id"), "b")).contains("dag_node_end");
    }

    @Test
    void run_async_answers_as_a_dags_does() {
        create();

        Reply reply = admin.post("/template/run_async", with(Map.of("who", "Bob", "times", 0)));

        assertThatReply(reply).isOk().has("/data/task_ids/0/logical", "a").has("/data/task_ids/0/task_id", "a");
        assertThat(dags.awaitEnd(reply.text("/data/run_id")).path("status").asInt())
                .isEqualTo(Dags.SUCCESS);
    }

    @Test
    void a_parameters_text_never_becomes_structure() {
        create();
        String nasty = "\"},{\"id\":\"evil\",\"exec_command\":\"id\"},{\"$param\":\"times\"} {{times}} \\ \n $(id)";

        Reply rendered = admin.post("/template/render", with(Map.of("who", nasty)));
        Reply run = admin.post("/template/run", with(Map.of("who", nasty)));

        assertThatReply(rendered)
                .hasStatus(200)
                .has("/data/rendered/tasks/0/exec_params/message", "hello " + nasty)
                .has("/data/rendered/tasks/0/retry_count", 2);
        assertThat(rendered.at("/data/rendered/tasks")).hasSize(2);
        assertThatReply(run).hasStatus(200).has("/summary/total", 2).has("/message", "");
        assertThat(Dags.result(run, "b").path("stdout").asText()).startsWith("hello " + nasty);
    }

    @Test
    void what_is_wrong_is_told_all_at_once() {
        create();

        for (String path : List.of("/template/render", "/template/run", "/template/run_async")) {
            assertThatReply(admin.post(path, with(Map.of("times", "many"))))
                    .hasStatus(400)
                    .hasTextMatching("/error", ".*who: required.*")
                    .hasTextMatching("/error", ".*times: type mismatch.*");
            assertThatReply(admin.post(path, Map.of("params", Map.of()))).hasStatus(400);
            assertThatReply(admin.post(path, Map.of("template_id", "nobody", "params", Map.of())))
                    .hasStatus(404);
        }
        assertThatReply(admin.post("/template", body()))
                .isNotOk(500)
                .hasTextMatching("/error", ".*template id already exists.*");
        assertThatReply(admin.post("/template", "{")).isNotOk(400);
        assertThatReply(admin.post("/template", Map.of("template_id", "x"))).isNotOk(400);
    }

    @Test
    void an_update_is_what_the_next_run_uses() {
        create();

        assertThatReply(admin.post("/template/update/" + id, body().replace("hello {{who}}", "bye {{who}}")))
                .hasStatus(200)
                .has("/ok", true);

        Reply reply = admin.post("/template/run", with(Map.of("who", "Ada")));
        assertThat(Dags.result(reply, "a").path("stdout").asText()).startsWith("bye Ada");
        assertThatReply(admin.post("/template/update/nobody", body().replace(id, "nobody")))
                .isNotOk(404);
    }
}
