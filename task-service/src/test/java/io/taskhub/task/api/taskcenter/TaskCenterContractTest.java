package io.taskhub.task.api.taskcenter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.restassured.response.ValidatableResponse;
import io.taskhub.contracts.AgentUpdate;
import io.taskhub.contracts.Lease;
import io.taskhub.contracts.Report;
import io.taskhub.contracts.TaskId;
import io.taskhub.task.TaskServiceTest;
import io.taskhub.task.api.Calls;
import io.taskhub.task.api.JsonBody;
import io.taskhub.task.api.LeaseHolder;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@TaskServiceTest
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TaskCenterContractTest {
    private static final String PROMPT = "在 https://www.wikipedia.org 搜索 SoulBrowser";
    private static final String BODY = """
            {"prompt":"%s","planner":"rule-based","model":"gpt-4o-mini","execute":true,"headful":false,\
            "memory_template":"templates:checkout-flow","metadata":{"tags":["demo","wiki"]},"more":1}""".formatted(PROMPT);

    @Inject
    Calls calls;

    @Inject
    LeaseHolder worker;

    @Test
    void a_prompt_is_planned_and_queued() {
        String id = chat(BODY)
                .statusCode(200)
                .contentType("application/json")
                .body("task_id", matchesPattern("tsk_[0-9A-HJKMNP-TV-Z]{26}"))
                .body("status", equalTo("queued"))
                .body("plan.title", equalTo("搜索 SoulBrowser"))
                .body("plan.steps.id", contains("step-1", "step-2"))
                .body("plan.steps[0].tool.kind.Navigate.url", equalTo("https://www.wikipedia.org"))
                .body("plan.steps[0].tool.wait", equalTo("dom_ready"))
                .body("plan.steps[1].tool.kind.TypeText.text", equalTo("SoulBrowser"))
                .extract()
                .path("task_id");
        chat(BODY)
                .body("links.task", startsWith("/api/tasks/tsk_"))
                .body("links.stream", matchesPattern("/api/tasks/tsk_\\w+/stream"));
        inspect(id)
                .body("task_id", equalTo(id))
                .body("status", equalTo("queued"))
                .body("created_at", matchesPattern("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z"))
                .body("updated_at", notNullValue())
                .body("prompt", equalTo(PROMPT))
                .body("planner.name", equalTo("rule-based"))
                .body("planner.model", nullValue())
                .body("planner.retries", equalTo(0))
                .body("plan.task_id", equalTo(id))
                .body("plan.meta.rationale", not(empty()))
                .body("plan_overlays.steps", empty())
                .body("execution_overlays", empty())
                .body("artifacts.count", equalTo(0))
                .body("artifacts.items", empty())
                .body("logs", empty())
                .body("metadata.tags", contains("demo", "wiki"))
                .body("error_code", nullValue());
    }

    @Test
    void a_plan_that_is_not_to_be_executed_is_done_at_once() {
        String id = chat("{\"prompt\":\"open example.com\",\"execute\":false}")
                .statusCode(200)
                .body("status", equalTo("success"))
                .extract()
                .path("task_id");
        inspect(id)
                .body("status", equalTo("success"))
                .body("plan.steps", hasSize(1))
                .body("artifacts.count", equalTo(0))
                .body("metadata", equalTo(Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | prompt",
                "{\"prompt\":\"\"} | prompt",
                "{\"prompt\":\"  \"} | prompt",
                "{\"prompt\":null} | prompt",
                "{\"prompt\":7} | prompt",
                "{\"prompt\":\"a\",\"planner\":\"magic\"} | planner",
                "{\"prompt\":\"a\",\"planner\":1} | planner",
                "{\"prompt\":\"a\",\"model\":{}} | model",
                "{\"prompt\":\"a\",\"execute\":\"yes\"} | execute",
                "{\"prompt\":\"a\",\"headful\":1} | headful",
                "{\"prompt\":\"a\",\"memory_template\":[]} | memory_template",
                "{\"prompt\":\"a\",\"metadata\":\"x\"} | metadata",
                "{\"prompt\":\"a\\u0000\"} | prompt",
                "[] | object",
                "{\"prompt\" | json"
            })
    void a_wrong_request_is_a_problem_that_names_the_field(String body, String named) {
        chat(body)
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("invalid_request"))
                .body("status", equalTo(400))
                .body("detail", containsString(named));
    }

    @Test
    void a_prompt_may_have_2000_characters_and_no_more() {
        chat("{\"prompt\":\"" + "猫".repeat(2_000) + "\",\"execute\":false}").statusCode(200);
        chat("{\"prompt\":\"" + "猫".repeat(2_001) + "\"}").statusCode(400).body("detail", containsString("2,000"));
    }

    @Test
    void a_model_that_is_not_configured_is_replaced_by_rules_and_the_plan_says_so() {
        chat("{\"prompt\":\"open example.com\",\"planner\":\"llm\",\"execute\":false}")
                .statusCode(200)
                .body("plan.meta.rationale", hasItem(containsString("no model is configured")));
    }

    @Test
    void only_operators_may_ask() {
        calls.viewer()
                .body(BODY)
                .post("/api/chat")
                .then()
                .statusCode(403)
                .contentType("application/problem+json")
                .body("code", equalTo("forbidden"));
        calls.operator().get("/api/chat").then().statusCode(405).contentType("application/problem+json");
    }

    @Test
    void a_repeated_key_gets_the_first_plan_again() {
        String key = UUID.randomUUID().toString();
        String first = keyed(key, BODY).statusCode(200).extract().asString();
        assertThat(keyed(key, BODY).statusCode(200).extract().asString()).isEqualTo(first);
        keyed(key, "{\"prompt\":\"other\"}").statusCode(422).body("code", equalTo("idempotency_key_reused"));
    }

    @Test
    void what_the_agent_says_is_shown() {
        String id = create();
        Lease lease = worker.claim(task(id));
        report(lease, 1, "status", new AgentUpdate.Status(0, "2025-03-10T08:51:39.000Z"));
        report(lease, 2, "log", new AgentUpdate.Log("info", "Navigated", "2025-03-10T08:51:45.000Z"));
        report(lease, 3, "overlay", overlay("2025-03-10T08:51:40.000Z", 0));
        report(lease, 4, "overlay", overlay("2025-03-10T08:52:01.000Z", 120));
        String path = "soulbrowser-output/artifacts/" + id + "/step-1.png";
        report(
                lease,
                5,
                "artifact",
                new AgentUpdate.Artifact("screenshot", path, "image/png", 4_711, "2025-03-10T08:52:02.000Z"));
        inspect(id)
                .body("status", equalTo("running"))
                .body("plan_overlays.steps", hasSize(1))
                .body("plan_overlays.steps[0].id", equalTo("step-1"))
                .body("plan_overlays.steps[0].bbox", contains(120, 0, 640, 80))
                .body("plan_overlays.steps[0].recorded_at", equalTo("2025-03-10T08:52:01.000Z"))
                .body("execution_overlays", hasSize(2))
                .body("execution_overlays[1].type", equalTo("highlight"))
                .body("execution_overlays[1].meta.action", equalTo("click"))
                .body("execution_overlays[1].content_type", equalTo("dom"))
                .body("artifacts.count", equalTo(1))
                .body("artifacts.items[0].label", equalTo("screenshot"))
                .body("artifacts.items[0].path", equalTo(path))
                .body("artifacts.items[0].mime", equalTo("image/png"))
                .body("artifacts.items[0].size", equalTo(4_711))
                .body("artifacts.items[0].url", equalTo("/api/tasks/" + id + "/artifacts/step-1.png"))
                .body("logs[0].message", equalTo("Navigated"))
                .body("logs[0].level", equalTo("info"));
        worker.succeed(lease, "");
        inspect(id).body("status", equalTo("success")).body("logs", hasSize(1)).body("error_code", nullValue());
    }

    @Test
    void a_failure_has_the_code_that_the_agent_gave_it() {
        String id = create();
        Lease lease = worker.claim(task(id));
        report(
                lease,
                1,
                "error",
                new AgentUpdate.Failure("BROWSER_UNAVAILABLE", "no browser found", "install chromium"));
        inspect(id).body("status", equalTo("running")).body("error_code", nullValue());
        worker.end(lease, Report.Outcome.FAILED, 1, "", "", "no browser found");
        inspect(id)
                .body("status", equalTo("failed"))
                .body("error_code", equalTo("BROWSER_UNAVAILABLE"))
                .body("error_message", equalTo("no browser found"))
                .body("hint", equalTo("install chromium"));
    }

    @Test
    void a_cancelled_task_failed_with_the_code_cancelled() {
        String id = create();
        calls.operator().post("/api/tasks/{id}/cancel", id).then().statusCode(200);
        inspect(id)
                .body("status", equalTo("failed"))
                .body("error_code", equalTo("CANCELLED"))
                .body("hint", equalTo("Create the task again to run it."));
    }

    @Test
    void a_file_that_the_agent_left_is_read_at_its_url() {
        String id = create();
        Lease lease = worker.claim(task(id));
        calls.service()
                .contentType("application/octet-stream")
                .body(new byte[] {1, 2, 3})
                .put("/internal/artifacts/" + lease.task() + "/" + lease.claim()
                        + "?path=step-1.png&label=shot&mime=image/png")
                .then()
                .statusCode(201);
        String url = "/api/tasks/" + id + "/artifacts/step-1.png";
        assertThat(calls.viewer()
                        .get(url)
                        .then()
                        .statusCode(200)
                        .contentType("image/png")
                        .extract()
                        .asByteArray())
                .containsExactly(1, 2, 3);
        calls.viewer().head(url).then().statusCode(200).header("Content-Length", equalTo("3"));
        calls.viewer().header("Range", "bytes=1-").get(url).then().statusCode(206);
        calls.viewer()
                .get("/api/tasks/" + lease.task() + "/artifacts/step-1.png")
                .then()
                .statusCode(200);
        for (String wrong : List.of(
                id + "/artifacts/step-2.png",
                id + "/artifacts/..%2Fstep-1.png",
                "999999999/artifacts/x",
                "tsk_x/artifacts/x")) {
            calls.viewer()
                    .get("/api/tasks/" + wrong)
                    .then()
                    .statusCode(404)
                    .contentType("application/problem+json")
                    .body("code", equalTo("not_found"));
        }
    }

    @Test
    void it_is_in_the_list_with_its_plan() {
        String id = create();
        Lease lease = worker.claim(task(id));
        String before = listed(id, "last_event_at");
        report(lease, 1, "log", new AgentUpdate.Log("info", "hello", "2025-03-10T08:51:45.000Z"));
        assertThat(listed(id, "plan_summary")).isEqualTo("搜索 SoulBrowser");
        assertThat(listed(id, "status")).isEqualTo("running");
        assertThat(listed(id, "last_event_at")).isGreaterThanOrEqualTo(before);
        List<String> changed = calls.viewer()
                .queryParam("since", "2020-01-01T00:00:00Z")
                .queryParam("limit", 100)
                .get("/api/tasks")
                .path("data.task_id");
        assertThat(changed).contains(id);
    }

    private String listed(String id, String field) {
        return calls.viewer()
                .queryParam("status", "running")
                .queryParam("limit", 100)
                .get("/api/tasks")
                .path("data.find { it.task_id == '%s' }.%s".formatted(id, field));
    }

    private String create() {
        return chat(BODY).statusCode(200).extract().path("task_id");
    }

    private ValidatableResponse chat(String body) {
        return calls.operator().body(body).post("/api/chat").then();
    }

    private ValidatableResponse keyed(String key, String body) {
        return calls.operator()
                .header("Idempotency-Key", key)
                .body(body)
                .post("/api/chat")
                .then();
    }

    private ValidatableResponse inspect(String id) {
        return calls.viewer().get("/api/tasks/{id}", id).then().statusCode(200);
    }

    private void report(Lease lease, int n, String stage, AgentUpdate update) {
        worker.progress(lease, n, stage, JsonBody.write(update));
    }

    private static AgentUpdate overlay(String time, int left) {
        return new AgentUpdate.Overlay(
                "highlight",
                List.of(left, 0, 640, 80),
                "dom",
                time,
                "step-1",
                Map.of("action", "click", "selector", "#searchInput"));
    }

    private static TaskId task(String id) {
        return TaskId.parse(id).orElseThrow();
    }
}
