package io.taskhub.dag.api.template;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.aMapWithSize;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.taskhub.contracts.Roles;
import io.taskhub.contracts.identity.ServiceToken;
import io.taskhub.dag.DagException;
import io.taskhub.dag.DagServiceTest;
import io.taskhub.dag.query.RunReader;
import io.taskhub.dag.query.StoredRun;
import io.taskhub.dag.template.TemplateRuns;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every row of taskhub.md, Templates. */
@DagServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TemplateContractTest {
    private static final String BODY = """
            {"template_id":"%s","name":"Greeting","description":"says hello",
             "task_json_template":{"tasks":[{"id":"hello","exec_type":"Shell","exec_command":"echo {{who.name}} {{n}}",
              "exec_params":{"who":{"$param":"who"},"later":"{{nodes.hello.stdout}}"}}],"ratio":1.50},
             "schema":{"params":[{"name":"who","type":"json","required":true},{"name":"n","type":"int","defaultValue":3}]}}
            """;

    @Inject
    ServiceToken tokens;

    @Inject
    RunReader runs;

    @Inject
    TemplateRuns graphs;

    private final String id = "t-" + UUID.randomUUID();

    private RequestSpecification as(String... roles) {
        return given().auth()
                .oauth2(tokens.mint("ann", List.of(roles), Duration.ofMinutes(5)))
                .contentType("application/json");
    }

    private RequestSpecification operator() {
        return as(Roles.OPERATOR, Roles.VIEWER);
    }

    private ValidatableResponse post(String path, String body) {
        return operator().body(body).post(path).then();
    }

    private void create() {
        post("/template", BODY.formatted(id)).statusCode(200);
    }

    @Test
    void a_template_is_created_shown_changed_and_deleted() {
        post("/template", BODY.formatted(id))
                .statusCode(200)
                .contentType("application/json")
                .body("$", aMapWithSize(2))
                .body("ok", equalTo(true))
                .body("template_id", equalTo(id));
        operator()
                .get("/template/" + id)
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("data.template_id", equalTo(id))
                .body("data.name", equalTo("Greeting"))
                .body("data.description", equalTo("says hello"))
                .body("data.task_json_template.tasks[0].exec_command", equalTo("echo {{who.name}} {{n}}"))
                .body("data.schema.params[1].defaultValue", equalTo(3))
                .body("data.create_time", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"));
        post("/template/update/" + id, "{\"name\":\"New\",\"task_json_template\":{\"id\":\"x\"}}")
                .statusCode(200)
                .body("ok", equalTo(true));
        operator()
                .get("/template/" + id)
                .then()
                .body("data.name", equalTo("New"))
                .body("data.description", equalTo(""))
                .body("data.task_json_template", equalTo(Map.of("id", "x")))
                .body("data.schema", aMapWithSize(0));
        operator().delete("/template/" + id).then().statusCode(200).body("$", equalTo(Map.of("ok", true)));
        operator().delete("/template/" + id).then().statusCode(404).body("error", equalTo("template not found"));
    }

    @Test
    void digits_and_odd_characters_come_back_as_they_were_sent() {
        post(
                        "/template",
                        "{\"template_id\":\"%s\",\"name\":\"ü 😀\",\"task_json_template\":{\"id\":\"a\",\"x\":\"\\u0001\",\"n\":1.50}}"
                                .formatted(id))
                .statusCode(200);
        String shown = operator().get("/template/" + id).asString();
        assertThat(shown).contains("\"name\":\"ü 😀\"", "{\"id\":\"a\",\"x\":\"\\u0001\",\"n\":1.50}");
    }

    @Test
    void a_second_template_of_the_same_id_is_an_error_500() {
        create();
        post("/template", BODY.formatted(id))
                .statusCode(500)
                .body("ok", equalTo(false))
                .body("error", equalTo("template id already exists"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /template            | {                                                                        | bad request
            /template            | []                                                                       | bad request
            /template            | {"template_id":1,"name":"n","task_json_template":{}}                     | bad request
            /template            | {"template_id":"x","name":[],"task_json_template":{}}                    | bad request
            /template            | {"template_id":"x","name":"n","task_json_template":"{}"}                 | bad request
            /template            | {"template_id":"x","name":"n","task_json_template":{},"schema":[]}       | bad request
            /template            | {"template_id":"\\u0001","name":"n","task_json_template":{}}             | template_id must be at most 200 characters, without /
            /template            | {"template_id":"a/b","name":"n","task_json_template":{}}                 | template_id must be at most 200 characters, without /
            /template            | {"template_id":"x","name":"\\ud800","task_json_template":{}}             | bad request
            /template            | {"template_id":"x","name":"n","task_json_template":{"a":["\\u0000"]}}   | bad request
            /template            | {}                                                                       | missing required fields
            /template            | {"template_id":"","name":"n","task_json_template":{}}                    | missing required fields
            /template            | {"template_id":"x","task_json_template":{}}                              | missing required fields
            /template            | {"template_id":"x","name":"n","task_json_template":null}                 | missing required fields
            /template            | {"template_id":"x","name":"n","task_json_template":{},"schema":{"params":[{"name":"a","type":"float"}]}} | schema.params[0].type must be string, int, bool or json
            /template            | {"template_id":"x","name":"n","task_json_template":{},"schema":{"$ref":"http://127.0.0.1:1/"}} | schema.$ref: only references inside the schema (#…) are allowed
            /template/update/x   | {                                                                        | bad request
            /template/update/x   | {"name":"n"}                                                             | missing required fields
            /template/update/x   | {"template_id":"y","name":"n","task_json_template":{}}                   | template_id is not the one of the path
            /template/run | nothing                                                              | bad request
            /template/run | {"params":{}}                                                        | missing required fields
            /template/run | {"template_id":"x","params":"p"}                                     | bad request
            /template/run_async | nothing                                                              | bad request
            /template/run_async | {"params":{}}                                                        | missing required fields
            /template/run_async | {"template_id":"x","params":"p"}                                     | bad request
            /template/render     | nothing                                                                  | bad request
            /template/render     | {"params":{}}                                                            | missing required fields
            /template/render     | {"template_id":7}                                                        | bad request
            /template/render     | {"template_id":"x","params":[]}                                          | bad request
            """)
    void a_request_that_is_wrong_is_answered_400(String path, String body, String error) {
        post(path, body)
                .statusCode(400)
                .contentType("application/json")
                .body("ok", equalTo(false))
                .body("error", equalTo(error))
                .body("message", not(nullValue()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET    | /template/unknown
            DELETE | /template/unknown
            POST   | /template/update/unknown
            POST   | /template/render
            POST   | /template/run
            POST   | /template/run_async
            """)
    void what_is_not_there_is_answered_404(String method, String path) {
        operator()
                .body("{\"template_id\":\"unknown\",\"name\":\"n\",\"task_json_template\":{}}")
                .request(method, path)
                .then()
                .statusCode(404)
                .body("ok", equalTo(false))
                .body("error", equalTo("template not found"));
    }

    @Test
    void a_template_is_rendered() {
        create();
        post(
                        "/template/render",
                        "{\"template_id\":\"%s\",\"params\":{\"who\":{\"name\":\"a\\\"}],[{\"}}}".formatted(id))
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("data.ok", equalTo(true))
                .body("data.error", equalTo(""))
                .body("data.rendered.tasks", hasSize(1))
                .body("data.rendered.tasks[0].exec_command", equalTo("echo a\"}],[{ 3"))
                .body("data.rendered.tasks[0].exec_params.who.name", equalTo("a\"}],[{"))
                .body("data.rendered.tasks[0].exec_params.later", equalTo("{{nodes.hello.stdout}}"));
    }

    @Test
    void a_render_error_tells_everything_and_carries_the_result() {
        create();
        String error = "who: required; n: type mismatch";
        post("/template/render", "{\"template_id\":\"%s\",\"params\":{\"n\":\"x\"}}".formatted(id))
                .statusCode(400)
                .body("ok", equalTo(false))
                .body("error", equalTo(error))
                .body("data.ok", equalTo(false))
                .body("data.error", equalTo(error))
                .body("data", hasKey("rendered"))
                .body("data.rendered", nullValue());
        post("/template/render", "{\"template_id\":\"%s\",\"params\":{\"who\":{}}}".formatted(id))
                .statusCode(400)
                .body("error", equalTo("missing param: who.name"));
    }

    private static final String TWO_NODES = """
            {"template_id":"%s","name":"Two nodes",
             "task_json_template":{"tasks":[
              {"id":"say","exec_type":"Shell","exec_command":"echo {{run.params.word}}"},
              {"id":"{{second}}","exec_type":"Local","exec_command":"echo","deps":["say"],"exec_params":{"message":"{{nodes.say.stdout}} {{word}}"}}]},
             "schema":{"params":[{"name":"word","required":true},{"name":"second","defaultValue":"again"}]}}
            """;

    @Test
    void a_template_runs_and_answers_as_a_dag_does() {
        post("/template", TWO_NODES.formatted(id)).statusCode(200);
        ValidatableResponse answer = post(
                        "/template/run",
                        "{\"template_id\":\"%s\",\"params\":{\"word\":\"it's; exit 1\"}}".formatted(id))
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("message", equalTo(""))
                .body("nodes.id", containsInAnyOrder("say", "again"))
                .body("nodes.find{it.id=='say'}.result.stdout", startsWith("it's; exit 1"))
                .body("nodes.find{it.id=='again'}.result.stdout", startsWith("it's; exit 1 it's; exit 1"))
                .body("summary.total", equalTo(2))
                .body("summary.success", containsInAnyOrder("say", "again"))
                .body("summary.failed", hasSize(0))
                .body("summary.skipped", hasSize(0));
        String run = answer.extract().path("run_id");
        answer.body("nodes.run_id", contains(run, run));
        StoredRun stored = runs.find(run).orElseThrow();
        assertThat(stored.source()).isEqualTo("template");
        assertThat(stored.templateId()).isEqualTo(id);
        assertThat(stored.name()).isEqualTo("Two nodes");
        assertThat(stored.createdBy()).isEqualTo("ann");
    }

    @Test
    void a_template_runs_in_the_background() {
        post("/template", TWO_NODES.formatted(id)).statusCode(200);
        post("/template/run_async", "{\"template_id\":\"%s\",\"params\":{\"word\":\"x\"}}".formatted(id))
                .statusCode(200)
                .body("code", equalTo(0))
                .body("message", equalTo("ok"))
                .body("data.run_id", matchesPattern("\\d{13}_[A-Za-z0-9]{6}"))
                .body("data.task_ids.logical", contains("say", "again"))
                .body("data.task_ids.task_id", contains("say", "again"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/template/run", "/template/run_async"})
    void a_run_with_wrong_parameters_is_a_render_error(String path) {
        post("/template", TWO_NODES.formatted(id)).statusCode(200);
        post(path, "{\"template_id\":\"%s\",\"params\":{\"second\":2}}".formatted(id))
                .statusCode(400)
                .body("ok", equalTo(false))
                .body("error", equalTo("word: required; second: type mismatch"))
                .body("data.ok", equalTo(false))
                .body("data.rendered", nullValue());
        post(path, "{\"template_id\":\"%s\",\"params\":{\"word\":\"x\",\"second\":\"\"}}".formatted(id))
                .statusCode(400)
                .body("ok", equalTo(false))
                .body("error", equalTo("task id is required"));
    }

    @Test
    void a_bad_graph_is_an_error_500() {
        post("/template", TWO_NODES.formatted(id)).statusCode(200);
        String body = "{\"template_id\":\"%s\",\"params\":{\"word\":\"x\",\"second\":\"say\"}}".formatted(id);
        post("/template/run", body)
                .statusCode(500)
                .body("ok", equalTo(false))
                .body("error", startsWith("duplicate task id: say"))
                .body("$", aMapWithSize(2));
        post("/template/run_async", body)
                .statusCode(500)
                .body("ok", equalTo(false))
                .body("error", startsWith("duplicate task id: say"))
                .body("code", equalTo(500))
                .body("message", startsWith("duplicate task id: say"));
    }

    @Test
    void tasks_that_are_no_array_are_refused() {
        post(
                        "/template",
                        "{\"template_id\":\"%s\",\"name\":\"n\",\"task_json_template\":{\"tasks\":\"{{t}}\"}}"
                                .formatted(id))
                .statusCode(200);
        String body = "{\"template_id\":\"%s\",\"params\":{\"t\":\"[]\"}}".formatted(id);
        post("/template/run_async", body)
                .statusCode(400)
                .body("error", equalTo("tasks must be array"))
                .body("code", equalTo(400))
                .body("data", nullValue());
        post("/template/run", body).statusCode(500).body("ok", equalTo(false));
    }

    @Test
    void another_service_gets_the_graph_or_the_reasons() {
        post("/template", TWO_NODES.formatted(id)).statusCode(200);
        assertThat(graphs.render(id, Map.of("word", "x")).nodes()).hasSize(2);
        assertThatThrownBy(() -> graphs.render(id, Map.of("second", 1)))
                .isInstanceOf(DagException.class)
                .hasMessage("word: required; second: type mismatch");
        assertThatThrownBy(() -> graphs.render("unknown", Map.of()))
                .isInstanceOf(DagException.class)
                .hasMessage("template not found");
    }

    @Test
    void the_list_is_ordered_by_id_and_comes_in_pages() {
        for (String suffix : List.of("c", "a", "b")) {
            post("/template", BODY.formatted("~" + id + suffix)).statusCode(200);
        }
        List<String> all = operator().get("/templates").jsonPath().getList("data.template_id");
        assertThat(all).isSorted().endsWith("~" + id + "a", "~" + id + "b", "~" + id + "c");
        operator()
                .queryParam("limit", 2)
                .queryParam("offset", all.size() - 3)
                .get("/templates")
                .then()
                .statusCode(200)
                .body("ok", equalTo(true))
                .body("data.template_id", contains("~" + id + "a", "~" + id + "b"))
                .body("next_offset", equalTo(all.size() - 1));
        operator()
                .queryParam("limit", "many")
                .queryParam("offset", all.size() - 1)
                .get("/templates")
                .then()
                .body("data", hasSize(1))
                .body("$", not(hasKey("next_offset")));
    }

    @Test
    void a_page_of_large_templates_ends_early() {
        String prefix = "~~" + id;
        for (String suffix : List.of("a", "b", "c")) {
            post(
                            "/template",
                            "{\"template_id\":\"%s\",\"name\":\"n\",\"task_json_template\":{\"id\":\"a\",\"x\":\"%s\"}}"
                                    .formatted(prefix + suffix, "x".repeat(7 << 20)))
                    .statusCode(200);
        }
        int before = operator().get("/templates").jsonPath().getInt("next_offset") - 2;
        operator()
                .queryParam("offset", before)
                .get("/templates")
                .then()
                .body("data.template_id", contains(prefix + "a", prefix + "b"))
                .body("next_offset", equalTo(before + 2));
        for (String suffix : List.of("a", "b", "c")) {
            operator().delete("/template/" + prefix + suffix).then().statusCode(200);
        }
    }

    @Test
    void errors_before_a_resource_speak_the_dialect() {
        given().get("/templates")
                .then()
                .statusCode(401)
                .body("ok", equalTo(false))
                .body("error", equalTo("unauthorized"));
        as(Roles.VIEWER)
                .body(BODY.formatted(id))
                .post("/template")
                .then()
                .statusCode(403)
                .body("message", equalTo("forbidden"));
        operator()
                .patch("/template/x")
                .then()
                .statusCode(405)
                .body("ok", equalTo(false))
                .body("error", startsWith("method"));
        operator()
                .contentType("text/plain")
                .body("{}")
                .post("/template")
                .then()
                .statusCode(415)
                .body("ok", equalTo(false));
        post("/template", "{\"template_id\":\"x\",\"name\":\"" + "n".repeat(8 << 20) + "\"}")
                .statusCode(413)
                .body("ok", equalTo(false));
    }
}
